"""Cases for machines, one module for each noun: tracks and steps, holds, tasks."""

from kinward.casework.api import cases, holds, tasks

routers = (cases.router, holds.router, tasks.router)
