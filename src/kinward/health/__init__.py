"""Health: intake, screening, clearances. Looked into by nobody; it pushes small facts down."""
