"""Addresses of what is done with a child’s case."""

from __future__ import annotations

from django.urls import path, register_converter

from kinward.casework.models import Track
from kinward.casework.views import assigning, board, due, holds, tasks, tracks


class TrackConverter:
    """A track in an address."""

    regex = "|".join(Track)

    def to_python(self, value: str) -> Track:
        """Return the track."""
        return Track(value)

    def to_url(self, value: str) -> str:
        """Return it as it stands in the address."""
        return str(value)


register_converter(TrackConverter, "track")

app_name = "casework"
urlpatterns = [
    path("children/<uuid:child_id>/refer/", assigning.refer, name="refer"),
    path("children/<uuid:child_id>/assign/", assigning.assign, name="assign"),
    path("children/<uuid:child_id>/tracks/<track:track>/", tracks.track, name="track"),
    path(
        "children/<uuid:child_id>/tracks/<track:track>/withdraw/",
        tracks.withdraw,
        name="withdraw_step",
    ),
    path("children/<uuid:child_id>/tracks/<track:track>/go-on/", tracks.go_on, name="go_on"),
    path("children/<uuid:child_id>/holds/", holds.holds, name="holds"),
    path("children/<uuid:child_id>/holds/add/", holds.add, name="add_to_hold"),
    path("board/holds/", holds.ageing, name="ageing"),
    path("board/", board.board, name="board"),
    path("board/children/", board.children, name="board_children"),
    path("due/", due.due, name="due"),
    path("due/month/", due.month, name="due_month"),
    path("due/feed/", due.feed, name="feed"),
    path("calendars/<str:token>.ics", due.calendar, name="calendar"),
    path("assignments/", assigning.assigned, name="assigned"),
    path("assignments/many/", assigning.assign_many, name="assign_many"),
    path("assignments/<uuid:grant_id>/end/", assigning.end_assignment, name="end_assignment"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/about/<uuid:person_id>/", tasks.tasks_about, name="tasks_about"),
    path("tasks/<uuid:task_id>/end/", tasks.end_task, name="end_task"),
    path("emergency/", assigning.emergency, name="emergency"),
]
