"""Queries that strangers send to break an endpoint, by what they try. Each must be answered or refused."""

from __future__ import annotations

PORT = "{port}"
"""Where a listener counts who calls; put in by the test."""


def _nested(opening: str, closing: str, times: int, core: str = "?s ?p ?o") -> str:
    return f"SELECT * {{ {opening * times} {core} {closing * times} }}"


def _chain(times: int, word: str = "OPTIONAL") -> str:
    steps = " ".join(f"{word} {{ ?s{n} ?p{n} ?o{n} }}" for n in range(times))
    return f"SELECT * {{ ?a ?b ?c {steps} }} ORDER BY ?a ?s1"


def _bomb(function: str, steps: int = 40) -> str:
    binds = " ".join(f"BIND({function.format(v=f'?v{n}')} AS ?v{n + 1})" for n in range(steps))
    return f'SELECT (STRLEN(?v{steps}) AS ?n) {{ BIND("aaaaaaaaaaaaaaaa" AS ?v0) {binds} }}'


def _values(times: int) -> str:
    lists = " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(times))
    return f"SELECT (COUNT(*) AS ?n) {{ {lists} }}"


LONG = "a" * 5_000
DEEP = {
    "groups": _nested("{", "}", 2_000),
    "groups below the limit of characters": _nested("{", "}", 10_000),
    "parentheses": f"SELECT * {{ FILTER({'(' * 3_000}1{')' * 3_000}) }}",
    "negations": f"SELECT * {{ FILTER({'!' * 30_000}1) }}",
    "minus signs": f"SELECT (({'-' * 15_000}1) AS ?x) {{}}",
    "sums": f"SELECT (({'+'.join(['1'] * 15_000)}) AS ?x) {{}}",
    "or": f"SELECT * {{ FILTER({'||'.join(['1'] * 10_000)}) }}",
    "inverse paths": f"SELECT * {{ ?s {'^' * 30_000}<a:b> ?o }}",
    "path sequence": f"SELECT * {{ ?s {'/'.join(['gm:path'] * 3_000)} ?o }}",
    "path alternatives": f"SELECT * {{ ?s {'|'.join(['<a:b>'] * 5_000)} ?o }}",
    "path groups": f"SELECT * {{ ?s {'(' * 2_000}<a:b>{')*' * 2_000} ?o }}",
    "unions": f"SELECT * {{ {' UNION '.join(['{?s ?p ?o}'] * 2_000)} }}",
    "collection": f"SELECT * {{ ?s ?p ({' '.join(['1'] * 2_000)}) }}",
    "blank nodes": f"SELECT * {{ ?s ?p {'[ ?q ' * 2_000} 1 {']' * 2_000} }}",
    "subqueries": f"{'SELECT * {{ ' * 1_500}?s ?p ?o{' }}' * 1_500}",
    "exists": f"SELECT * {{ {'FILTER EXISTS { ' * 1_000}?s ?p ?o{' }' * 1_000} }}",
}
COSTLY = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cartesian product in order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    "cartesian product, distinct": "SELECT DISTINCT ?a ?e ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cartesian product, built": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cartesian product, asked": 'ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?i) = "no such thing") }',
    "all paths": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?b (!<a:c>|^!<a:c>)* ?c }",
    "paths within paths": "SELECT (COUNT(*) AS ?n) { ?a ((!<a:b>)*/(^!<a:b>)*)* ?b }",
    "paths from everywhere": "SELECT (COUNT(*) AS ?n) { ?a (<>|!<>)+ ?b . ?c (<>|!<>)+ ?d }",
    "optional chain": _chain(40),
    "minus chain": _chain(20, "MINUS"),
    "concat": _bomb("CONCAT({v}, {v})"),
    "replace": _bomb('REPLACE({v}, "a", "aaaaaaaa")', 12),
    "encode": _bomb('REPLACE(ENCODE_FOR_URI({v}), "%", "%%%%")', 30),
    "group concat": 'SELECT (GROUP_CONCAT(STR(?c); SEPARATOR="aaaaaaaaaaaa") AS ?x) { ?a ?b ?c . ?d ?e ?f }',
    "regular expression": f'SELECT * {{ ?s ?p ?o FILTER(REGEX("{LONG}", "(a*)*(a*)*(a*)*b{{50}}")) }}',
    "large repetition": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "((a{100}){100}){100}")) }',
    "values times values": _values(12),
    "groups by everything": "SELECT ?a ?e (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?e ?f ?c",
    "describe everything": "DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
SERVICE = {
    "plain": "SELECT * { SERVICE <http://127.0.0.1:{port}/a> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://127.0.0.1:{port}/b> { ?s ?p ?o } }",
    "small letters": "SELECT * { sErViCe <http://127.0.0.1:{port}/c> { ?s ?p ?o } }",
    "escaped": "SELECT * { \\u0053ERVICE <http://127.0.0.1:{port}/d> { ?s ?p ?o } }",
    "escaped long": "SELECT * { S\\U00000045RVICE <http://127.0.0.1:{port}/e> { ?s ?p ?o } }",
    "behind a carriage return": "SELECT * { #\rSERVICE <http://127.0.0.1:{port}/f> { ?s ?p ?o }\n}",
    "behind an escaped line end": "SELECT * { #\\u000ASERVICE <http://127.0.0.1:{port}/g> { ?s ?p ?o }\n}",
    "without a space": "SELECT * {SERVICE<http://127.0.0.1:{port}/h>{?s ?p ?o}}",
    "by a variable": "SELECT * { VALUES ?g { <http://127.0.0.1:{port}/i> } SERVICE ?g { ?s ?p ?o } }",
    "by a prefix": "PREFIX x: <http://127.0.0.1:{port}/> SELECT * { SERVICE x:j { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:{port}/k> { ?s ?p ?o } } } }",
    "in exists": "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:{port}/l> { ?s ?p ?o } } }",
    "behind a string": "SELECT * { BIND('''#''' AS ?x) SERVICE <http://127.0.0.1:{port}/m> { ?s ?p ?o } }",
    "from": "SELECT * FROM <http://127.0.0.1:{port}/n> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <http://127.0.0.1:{port}/o> { GRAPH ?g { ?s ?p ?o } }",
}
UPDATE = {
    "insert": "INSERT DATA { <a:b> <a:b> 1 }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "load": "LOAD <http://127.0.0.1:{port}/p>",
    "load a file": "LOAD <file:///etc/passwd>",
    "drop": "# SELECT\nPREFIX a: <a:> DROP ALL",
    "clear": "clear silent default",
    "with": "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "two at once": "ASK {} ; DROP ALL",
    "escaped": "\\u0044ROP ALL",
}
