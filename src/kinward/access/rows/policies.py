"""The policies, as SQL: the one table of rules, and what each model says of itself.

Each is one condition. What does not depend on the row stands in a sub-select of its own, which
PostgreSQL asks once a query and not once a row. A policy may let more through than `visible` does,
which also knows the operation and the purpose; it never lets less.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps

from kinward.access.models import GIVEN, Grant, GrantEnd, Role, Way
from kinward.access.rules import TABLE, Permission, purposes_of, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db import models

    from kinward.access.policy import Behind, Columns
    from kinward.access.rules import Rule

NOW: Final = "statement_timestamp()"  # now() would be when the transaction began
# What is given counts a little early: the clocks of the application and of the server differ.
SOON: Final = "(statement_timestamp() + interval '1 minute')"


def walled() -> list[type[models.Model]]:
    """Return the models whose tables have a policy: those that say what reaches their rows."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "reached_by") or hasattr(model, "behind")
    ]


def condition(model: Any) -> str:
    """Return the condition under which a row of the model is there for whoever acts."""
    if hasattr(model, "behind"):
        return either(PASSED, behind(model), owned(model))
    columns: Columns = model.reached_by
    if columns.compartment:
        return either(PASSED, said_of_somebody(model), owned(model))
    return either(PASSED, reached(model), owned(model))


def condition_of_new(model: Any) -> str:
    """Return the condition under which a row may be written.

    A statement may be written into a compartment that its writer does not read.
    """
    columns: Columns | None = getattr(model, "reached_by", None)
    if columns and columns.compartment:
        return either(PASSED, seen(model, columns.subject), owned(model))
    return condition(model)


# Parts of a condition


def either(*parts: str) -> str:
    """Return that one of the parts holds, asked in their order."""
    return f"({' OR '.join(part for part in parts if part)})"


def both(*parts: str) -> str:
    """Return that all parts hold."""
    return f"({' AND '.join(part for part in parts if part)})"


def setting(name: str) -> str:
    """Return what the transaction was told, asked once a query; NULL where it was told nothing."""
    return f"(SELECT nullif(current_setting('kw.{name}', true), ''))"


PASSED: Final = f"({setting('passage')} IS NOT NULL)"
ACCOUNT: Final = "(SELECT nullif(current_setting('kw.account', true), '')::uuid)"
REGION: Final = setting("region")


def listed(words: Iterable[str]) -> str:
    """Return words of code lists as an array of SQL."""
    return "'{" + ",".join(sorted(words)) + "}'::text[]"


def among(roles: Iterable[Role]) -> str:
    """Return that the role of whoever acts is one of these; nothing where there are none."""
    return f"(SELECT current_setting('kw.role', true) = ANY ({listed(roles)}))"


def by_role(words: Mapping[Role, Iterable[str]]) -> str:
    """Return the words that stand for the role of whoever acts, as an array."""
    # In one order in every process: a policy is compared with what it was made from.
    cases = " ".join(f"WHEN '{role}' THEN {listed(some)}" for role, some in sorted(words.items()))
    whose = f"CASE current_setting('kw.role', true) {cases} END" if cases else "NULL"
    return f"(SELECT {whose})::text[]"


def granted(permission: Permission, way: Way | None = None) -> list[Role]:
    """Return the roles that may do that, to records that come by that way if one is given."""
    rules = {role: rules_of(role, permission) for role in TABLE}
    return [role for role in TABLE if any(way in (None, *rule.ways) for rule in rules[role])]


def column(model: Any, path: str) -> str:
    """Return the column at the end of a path of the model itself."""
    return f"{table(model)}.{pk(model) if path == 'pk' else path}"


def pk(model: Any) -> str:
    """Return the column of a model's key."""
    return str(model._meta.pk.column)  # noqa: SLF001 (Django's documented model API)


def table(model: Any) -> str:
    """Return the table of a model."""
    return str(model._meta.db_table)  # noqa: SLF001 (Django's documented model API)


def owned(model: Any) -> str:
    """Return that the owner of the table asks: migrations, a demo, a restored backup."""
    one = f"oid = '{table(model)}'::regclass"
    return f"(SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE {one})"  # noqa: S608 (no word of it comes from outside)


# How a record comes to somebody


def words_by_way(words: Callable[[Rule], Iterable[str]]) -> dict[Way, dict[Role, set[str]]]:
    """Return what the rules of each role say of records that come to it by each way.

    The system itself has a passage and no way.
    """
    found: dict[Way, dict[Role, set[str]]] = {way: {} for way in Way}
    for role, rules in TABLE.items():
        for rule, way in product(rules, Way):
            if role != Role.CLOCK and way in rule.ways and (said := set(words(rule))):
                found[way].setdefault(role, set()).update(said)
    return found


def comes(
    at: tuple[str, str, str], word: str, words: Mapping[Way, Mapping[Role, Iterable[str]]]
) -> str:
    """Return that a record comes to whoever acts, by a way that opens this word of it.

    `at` are the columns of the record, of who registered it and of the office.

    As rules.reaches: one that was referred lies no longer with the office that registered it.
    """
    subject, by, region = at
    referred = standing(subject, f"g.way = '{Way.REFERRED}'", since=NOW)
    home = either(
        both(f"{by} = {ACCOUNT}", f"{word} = ANY ({by_role(words[Way.OWN])})"),
        both(f"{region} = {REGION}", f"{word} = ANY ({by_role(words[Way.REGION])})"),
    )
    given: defaultdict[Role, set[str]] = defaultdict(set)
    for way in GIVEN:
        for role, said in words[way].items():
            given[role] |= {f"{way} {each}" for each in said}
    for_me = standing(
        subject,
        f"(g.account_id = {ACCOUNT} OR g.region = {REGION})",
        f"g.purpose = ANY ({by_role({role: purposes_of(role) for role in given})})",
        f"g.way || ' ' || {word} = ANY ({by_role(given)})",
        since=SOON,
    )
    everywhere = f"{word} = ANY ({by_role(words[Way.EVERYWHERE])})"
    return either(everywhere, both(home, f"NOT {referred}"), for_me)


def standing(subject: str, *conditions: str, since: str) -> str:
    """Return that something was given on a record and holds; see rules.holds."""
    grant, end = table(Grant), table(GrantEnd)
    ended = f"SELECT 1 FROM {end} e WHERE e.grant_id = g.id AND e.ended_at <= {NOW}"  # noqa: S608 (no word of it comes from outside)
    holds = both(
        f"g.subject = {subject}",
        *conditions,
        f"g.since <= {since}",
        f"(g.until IS NULL OR g.until > {NOW})",
        f"NOT EXISTS ({ended})",
    )
    return f"EXISTS (SELECT 1 FROM {grant} g WHERE {holds})"  # noqa: S608 (likewise)


def reached(model: Any) -> str:
    """Return that a person or a request comes to whoever acts, to be seen as what it is."""
    columns: Columns = model.reached_by
    seen_with = columns.seen_with
    kinds = words_by_way(
        lambda rule: [
            kind for one in rule.permissions & seen_with.keys() for kind in seen_with[one]
        ]
    )
    known = among({role for one in columns.known_with for role in granted(one)})
    at = (column(model, "pk"), column(model, columns.by), column(model, columns.region))
    came = comes(at, columns.kind, kinds)
    return either(came, known if columns.known_with else "")


def said_of_somebody(model: Any) -> str:
    """Return that a statement or file is of a compartment open to whoever acts, of that person.

    The person is looked for behind the policy of their own table.
    """
    columns: Columns = model.reached_by
    compartments = words_by_way(lambda rule: rule.compartments)
    by, region = (f"p.{part.rpartition('__')[2]}" for part in (columns.by, columns.region))
    at = (column(model, columns.subject), by, region)
    word = column(model, columns.compartment)
    # Whoever sees everybody need not have each looked for.
    everybody = sees_all(pointed_at(model, columns.subject))
    anywhere = {role: compartments[Way.EVERYWHERE].get(role, set()) for role in everybody}
    of_anybody = f"{word} = ANY ({by_role(anywhere)})"
    return either(of_anybody, seen(model, columns.subject, comes(at, word, compartments)))


def pointed_at(model: Any, key: str) -> Any:
    """Return the model whose rows a column points at."""
    fields = model._meta.concrete_fields  # noqa: SLF001 (Django's documented model API)
    return next(one.related_model for one in fields if one.column == key)


def sees_all(model: Any) -> set[Role]:
    """Return the roles that see every row of a table of records, whatever it is and whose."""
    if hasattr(model, "behind"):
        rule: Behind = model.behind
        holding = set(granted(rule.permission)) if rule.permission else set(TABLE)
        seen_through = [sees_all(pointed_at(model, key)) for key in rule.keys]
        return holding.intersection(*seen_through) if seen_through or rule.permission else set()
    columns: Columns = model.reached_by
    everywhere = [set(granted(permission, Way.EVERYWHERE)) for permission in columns.seen_with]
    return set(TABLE).intersection(*everywhere) if everywhere else set()


def seen(model: Any, key: str, further: str = "") -> str:
    """Return that the row is there that a column points at; its own policy says so."""
    target = pointed_at(model, key)
    holds = both(f"p.{pk(target)} = {column(model, key)}", further)
    return f"EXISTS (SELECT 1 FROM {table(target)} p WHERE {holds})"  # noqa: S608 (no word of it comes from outside)


def behind(model: Any) -> str:
    """Return that what a row tells of is there for whoever acts."""
    rule: Behind = model.behind
    holders = granted(rule.permission) if rule.permission else list(TABLE)
    holding = among(holders) if rule.permission else ""
    # Nothing is looked for row by row for those who see all there is to be found.
    asked = [key for key in rule.keys if not sees_all(pointed_at(model, key)).issuperset(holders)]
    everything = among(sees_all(model)) if asked else holding
    behind_it = both(holding, *(seen(model, key) for key in asked)) if asked else ""
    own = f"{column(model, rule.by)} = {ACCOUNT}" if rule.by else ""
    pointing = ""
    if rule.members:
        label, key = rule.members
        member = table(apps.get_model(label))
        pointing = f"EXISTS (SELECT 1 FROM {member} m WHERE m.{key} = {column(model, 'pk')})"  # noqa: S608 (likewise)
    return either(everything if rule.keys or rule.permission else "", behind_it, own, pointing)
