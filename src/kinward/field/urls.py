"""Addresses of the field."""

from __future__ import annotations

from django.urls import path

from kinward.field import api
from kinward.field.views import app, devices, inbox

app_name = "field"
urlpatterns = [
    path("field/", app.shell, name="app"),
    path("field/sw.js", app.worker, name="worker"),
    path("field/app.webmanifest", app.manifest, name="manifest"),
    path("field/api/enrol", api.enrol, name="enrol"),
    path("field/api/state", api.state, name="state"),
    path("field/api/forms", api.forms, name="forms"),
    path("field/api/pack", api.pack, name="pack"),
    path("field/api/sync", api.sync, name="sync"),
    path("field/api/photos/<uuid:photo_id>", api.photo, name="photo"),
    path("field/api/photos/<uuid:photo_id>/<int:offset>", api.piece, name="piece"),
    path("phones/", devices.phones, name="phones"),
    path("phones/invite/", devices.invite, name="invite"),
    path("phones/<uuid:device_id>/", devices.phone, name="phone"),
    path("phones/<uuid:device_id>/revoke/", devices.revoke, name="revoke"),
    path("phones/<uuid:device_id>/allow/", devices.allow, name="allow"),
    path("phones/sent/", inbox.sent, name="sent"),
    path("phones/card/", inbox.card, name="card"),
    path("phones/conflicts/", inbox.conflicts, name="conflicts"),
    path("phones/conflicts/<uuid:conflict_id>/", inbox.conflict, name="conflict"),
]
