"""One flow under only security groups, only network ACLs, and both."""

import pytest
from hypothesis import given, settings

from apps.widgets.packet_walk.domain.compare import compare

from .strategies import scenarios
from .worlds import DB_OUT, SG_DB_IN, Json, read, world

_WORST = ["no_route", "request_denied", "response_denied", "partially_delivered", "delivered"]


@pytest.mark.parametrize(
    ("changes", "groups", "nacls", "both"),
    [
        ({}, "delivered", "delivered", "delivered"),
        ({DB_OUT: []}, "delivered", "response_denied", "response_denied"),
        ({SG_DB_IN: []}, "request_denied", "delivered", "request_denied"),
        ({DB_OUT: [], SG_DB_IN: []}, "request_denied", "response_denied", "request_denied"),
        ({"flow.to": "8.8.8.8", "subnets.public.routes": []}, "no_route", "no_route", "no_route"),
    ],
)
def test_each_layer_is_judged_on_its_own(changes: Json, groups: str, nacls: str, both: str) -> None:
    found = compare(read(world(changes)))
    assert found.security_groups_only.disposition.value == groups
    assert found.nacls_only.disposition.value == nacls
    assert found.both.disposition.value == both


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_both_layers_let_no_more_pass_than_either(document: Json) -> None:
    found = compare(read(document))
    both = _WORST.index(found.both.disposition.value)
    alone = [found.security_groups_only, found.nacls_only]
    assert both == min(_WORST.index(trace.disposition.value) for trace in alone)
