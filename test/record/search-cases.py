"""Asks MLflow's own code how it reads filters and order_by clauses: python search-cases.py > ../data/search-cases.json

With `ask` it answers the cases on its input instead, a line `["runs", "metrics.a > 1"]` each.

Every case is `[what, text, answer]`: what is `runs`, `experiments`, `models` or `versions` (of registered models), or
the `order` of one of them; the answer is `{"read": ...}` or `{"code": ..., "message": ...}`. The texts are those below and seeded nonsense from a small
vocabulary. Needs mlflow 3.17.2.
"""

import json
import math
import random
import re
import sys
import warnings

warnings.filterwarnings("ignore")

from mlflow.exceptions import MlflowException
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
from mlflow.store.tracking import sqlalchemy_store as store
from mlflow.utils.search_utils import SearchExperimentsUtils, SearchModelUtils, SearchModelVersionUtils, SearchUtils
from sqlalchemy.orm import Session

RUNS = r"""
metrics.a > 1|metrics.a>1|metrics.a >= -1.5|metrics.a < .5|metrics.a <= 1.|metrics.a = 1e3|metrics.a = 1E-3|metrics.a != -.5
metric.a = 1e+3|metrics.a > - 5|metrics.a>-5|metrics.a = 12abc|metrics.a = 0x1F|metrics.a = 1.5e3|metrics.a = 1.5abc
metrics.a = 'x'|metrics.a = inf|metrics.a = nan|metrics.a = NULL|metrics.a = true|metrics.a LIKE 1|metrics.a == 1
metrics.a <> 1|metrics.a > 99999999999999999999|metrics.a IS NULL|metrics.a IS NOT NULL|metrics.a IN ('1')|metrics.a
metrics.a.b > 1|metrics.`a b` > 1|metrics."a b" > 1|metrics.'a b' > 1|metrics.a b > 1|metrics.a-b > 1|metrics.a/b > 1
metrics.`a/b` > 1|metrics.a.1 > 3|metrics.1a > 3|metrics.max > 1|metrics.in > 1|metrics.as > 1|metrics.order > 1
metrics.* > 1|metrics . a > 1|metrics. a > 1|metrics .a > 1|metrics.é > 1|metrics.日本 > 1|metrics. > 1|.a > 1|metrics > 1
metrics.a > 1 AND metrics.b < 2|metrics.a > 1 and metrics.b<2|metrics.a > 1 AND|AND metrics.a > 1|AND|AND AND
metrics.a > 1 metrics.b > 2|metrics.a > 1 OR metrics.b > 2|NOT metrics.a > 1|metrics.a BETWEEN 1 AND 2|metrics.a > 1 b
metrics.a > 1, metrics.b < 2|metrics.a > 1; metrics.b < 2|metrics.a > 1;|metrics.a > 1;  |; metrics.a > 1|(metrics.a > 1)
metrics.a > 1 AND (metrics.b > 1)|metrics.a > 1 AND(metrics.b > 1)|metrics.a = 1 = 2|1 = 1|1 < metrics.a|'a' = 'b'
metrics.a[0] > 1|metrics.[a b] > 1|metrics.a$b > 1|metrics.a#b > 1|metrics.a@b > 1|metrics.a:b > 1|metrics.a > 1 -- c
-- c|metrics.a > 1 # c|/* c */ metrics.a > 1|metrics.a /* c */ > 1|metrics.a > /* c */ 1|metrics.a > 1 /* c */ AND a = 1
params.a = 'x'|param.a = 'x'|parameter.a = "x"|parameters.a = ''|params.a = ""|params.a='x'|params.a != 'x'
params.a LIKE 'x%'|params.a like 'x%'|params.a ILIKE '_x'|params.a iLike 'x'|params.a NOT LIKE 'x'|params.a RLIKE 'x'
params.a REGEXP 'x'|params.a > 'x'|params.a = 5|params.a = abc|params.a = `abc`|params.a = true|params.a = null
params.a = None|params.a = 'x|params.a = "x|params.a = x'|params.a = 'it''s'|params.a = 'it\'s'|params.a = "it's"
params.a = 'a\'|params.a = 'a' 'b'|params.a = 'a' + 'b'|params.a = ('a')|params.a IN ('a','b')|params.a = f(x)
params.a = :b|params.a = ?|params.a = %s|params.a = '%s'|params.f(x) = 'y'|f(x) = 'y'|params.a IS NULL
params.a is not null|params.a IS  NOT  NULL|params.a IS not NULL|params.a IS|params.a IS NOT|params.a NOT NULL
params.a IS NULL AND tags.b IS NOT NULL|params.`a b` IS NULL|params.a = 'x' AS b|x AS y = 'z'|params.a = 'x' DESC
params.lr = '0.1' AND metrics.loss < 0.5 AND tags.team = "blue" AND attributes.status = 'FINISHED' AND run_id != 'x'
`params`.a = 'x'|`params.a` = 'x'|"params".a = 'x'|"params.a" = 'x'|'params'.a = 'x'|Params.a = 'x'|PARAMS.a = 'x'
foo.a = 'x'|foo = 'x'|name = 'x'|user = 'x'|source = 'x'|version = 'x'|owner_name = 'x'|date = 'x'|timestamp = 1|max > 1
tags.mlflow.user = 'x'|tags.`mlflow.user` = 'x'|tag.mlflow.source.name ILIKE '%.py'|tags."mlflow.note" != 'x'|tags.a = 1
tags.a > 'x'|tags.a IS NULL|tags.a IN ('x')|tags.a LIKE x|tags.`a``b` = 'x'|tags.`a = 'x'|tags.'a' = 'x'|tags."a = 'x'
status = 'FINISHED'|attribute.status = 'x'|attributes.status = 'x'|attr.status = 'x'|run.status = 'x'|status = FINISHED
status IN ('x')|status > 'x'|status <> 'x'|status ~ 'x'|status IS NULL|status = 5|status LIKE 'F%'|Status = 'x'
run_id = 'x'|run_id IN ('a','b')|run_id in ('a')|run_id NOT IN ('a')|run_id not  in ( 'a' , "b" )|run_id IN ()
run_id IN (1)|run_id IN ('a' 'b')|run_id IN ('a',)|run_id IN (,)|run_id IN ('a'|run_id IN 'a'|run_id IN (('a','b'))
run_id IN (None)|run_id IN ('a', 1, -1.50, None, (1,2), ['x'])|run_id IN ('it''s')|run_id IN ('a\n\x41\u00e9\101')
run_id IN ('\x')|run_id IN ("a")|run_id IN (r'\n', u'b')|run_id IN ('a' b)|run_id IN (1e3)|attributes.run_id IN ('a')
run_id IN ('a') AND status = 'x'|a AND run_id IN ('x')|a b run_id IN ('x')|run_id NOT LIKE 'a'|run_id IN ('a') b
run_id in ('a') OR status = 'x'|run_id IN ('a'), run_id IN ('b')|status = 'x' AND run_id IN ('a')|run_id IN (())
start_time > 1|start_time >= 1.5|attributes.start_time < 1e3|start_time > '1'|start_time > 0x10|start_time LIKE 5
start_time IN ('1')|end_time != 0|end_time IS NULL|created > 1|Created > 1|attributes.created > 1|created LIKE 1
attributes.Created = '1'|CREATED > 1|run_name = 'x'|run_name IN ('a')|`run name` = 'x'|'run name' = 'x'
attributes.`Run Name` = 'x'|attributes.'Run name' = 'x'|attr."run name" LIKE 'x'|run name = 'x'|artifact_uri = 'x'
user_id = 'x'|lifecycle_stage = 'active'|experiment_id = '1'|attributes.a.b = 'x'|attributes.`run_id` = 'x'
dataset.name = 'x'|datasets.digest LIKE 'x'|dataset.context IN ('train','test')|dataset.name NOT IN ('a')|dataset.foo = 'x'
dataset.name > 'x'|dataset.name = 5|dataset.name IS NULL|dataset.`name` = 'x'|dataset.name IN (1)|dataset.name = x
WHERE params.a = 'x'|SELECT * FROM runs|params.a = 'x' ORDER BY a|params.a = 'x' LIMIT 5|a, b = 'c', d
\metrics.a > 1|params.a = 'x' \b|params.a = 'x'\|metrics.\a > 1|´a b´ = 'x'|tags.´a´ = 'x'|union all|params.a = 'x' union  all
left outer join = 'x'|end if = 'x'|if not exists|go 1|double precision = 'x'|primary key = 'x'|cross join AND|params.a = 1e400
params.a := 'x'|params.a::text = 'x'|params.a->b = 'x'|a.b.c.d = 'x'|*|.|,|'|"|`|(|)|[|]|=|a|a b|a b c|a b c d|日本|\ |~|$
"""
EXPERIMENTS = r"""
name = 'x'|name != 'x'|name LIKE 'x%'|name like 'x'|name ILIKE '%X'|name ilike 'x'|name > 'x'|name IN ('a')|name = x|name = 5
attribute.name = 'x'|attributes.name = 'x'|attr.name = 'x'|`name` = 'x'|attribute.`name` = 'x'|"name" = 'x'|Name = 'x'
experiment_id = '1'|experiment_id = 1|experiment_id = 'x'|experiment_id != ' 1_0 '|experiment_id IN ('1','02')
experiment_id NOT IN ('1')|experiment_id in ('1')|experiment_id not in ('1')|experiment_id IN ('x')|experiment_id LIKE '1'
experiment_id > '1'|experiment_id IN ()|experiment_id IN (1)|experiment_id IS NULL|creation_time > 1|creation_time = 1.5
creation_time >= 1e3|creation_time < '1'|creation_time LIKE 1|last_update_time <= 5|last_update_time != 5|creation_time IN (1)
attribute.last_update_time > 1|lifecycle_stage = 'active'|artifact_location = 'x'|foo = 'x'|tag.a = 'x'|tags.a = "x"
tags.a != 'x'|tags.a LIKE 'x'|tags.a like 'x'|tags.a ILIKE 'x'|tags.a > 'x'|tags.a IN ('x')|tags.a IS NULL|tags.a is not null
tags.a = 1|tags.a = x|tags.`a b` = 'x'|tags.a.b = 'x'|`tags`.a = 'x'|params.a = 'x'|metrics.a > 1|experiment.name = 'x'
name = 'x' AND tags.a = 'y'|name = 'x' OR name = 'y'|name = 'x' name = 'y'|(name = 'x')|name = 'x', name = 'y'|name = 'x';
\name = 'x'|union all name = 'x'|name = 'x'; name = 'y'|AND|name|name = 'x' = 'y'|1 = 1|'name' = 'x'|name IS NULL|name = null|name = 'it''s'|name NOT LIKE 'x'
"""
RUNS_ORDER = r"""
metrics.a|metrics.a ASC|metrics.a asc|metrics.a DESC|metrics.a desc|metrics.a Desc|metrics.`a b` DESC|metrics.`a b`
metrics."a b" desc|metrics.'a b'|metrics.'a b' asc|metrics.a b|metrics.a DESC foo|metrics.a asc desc|metrics.a, metrics.b
metrics.a AS;C|metrics.a;|\metrics.a|´a´ desc|double precision|metrics.a desc nulls last|metrics.a foo|metrics.a |metrics.a  DESC|metrics.a DESC | metrics.a|metrics.a/b|metrics.`a/b` DESC
metrics.a.b.c DESC|metrics.1a|metrics.a-b|metrics.max|metrics.in|metric.a|param.a DESC|parameters.a|tags.mlflow.user ASC
tag.`a` desc|params.it's|params."it's"|tags.'it''s'|params.`a\b`|params.`a\"b` DESC|start_time|start_time DESC|created
Created desc|attribute.start_time|attributes.end_time DESC|attr.status|run.run_id|run_id|status|artifact_uri|user_id|run_name
end_time asc|`start_time`|`run name`|run name|"start_time" desc|'start_time'|timestamp|timestamp desc|timestamp  DESC
Timestamp|foo|foo DESC|foo.a|dataset.name|lifecycle_stage|name|user|order|max|1|1 DESC|'a'|a;|a; b|metrics.a = 1|(a)|*
desc|asc|DESC ASC|`a`|metrics.|.a|metrics|attributes.foo|attributes.`start_time` desc|metrics.a -- c|-- c|metrics.a[0]
"""
EXPERIMENTS_ORDER = r"""
name|name ASC|name DESC|name desc|experiment_id|experiment_id DESC|creation_time|creation_time DESC|last_update_time asc
attribute.name|attributes.name|attr.name|tags.a|tag.a desc|`name`|`name` desc|"name"|'name'|foo|foo.a|name foo|name, foo
name desc asc|timestamp|lifecycle_stage| name|name |metrics.a|1
"""
MODELS = r"""
name = 'x'|name != 'x'|name LIKE 'x%'|name like 'x'|name ILIKE '%X'|name > 'x'|name IN ('a')|name IN ('a', "b")|name not in ('a')
name NOT LIKE 'x'|name IN ()|name IN (1)|name IN 'a'|name = ('a')|name = x|name = 5|name = null|name IS NULL|Name = 'x'
`name` = 'x'|"name" = 'x'|attribute.name = 'x'|attributes.name = 'x'|attr.name = 'x'|attribute.`name` = 'x'|foo = 'x'|foo.a = 'x'
tags.a = 'x'|tag.a != "x"|tags.`a b` LIKE 'x%'|tags."a b" ILIKE 'x'|tags.'a' = 'x'|tags.a.b = 'x'|tags.a > 'x'|tags.a IN ('x')
tags.a = 1|tags.a = x|tags.a IS NULL|tags.a is not null|tags.`mlflow.prompt.is_prompt` = 'true'|Tags.a = 'x'|metrics.a > 1
name = 'x' AND tags.a = 'y'|name = 'x' OR name = 'y'|name = 'x' name = 'y'|(name = 'x')|name = 'x', name = 'y'|name = 'x';
name = 'it''s'|name = 'x|name = x'|version_number > 1|run_id = 'x'|AND|name|1 = 1|tags.a = 'x' AND tags.a != 'y'|tags. = 'x'
"""
VERSIONS = r"""
name = 'x'|name ILIKE 'x'|name IN ('a','b')|name NOT IN ('a')|name > 'x'|run_id = 'x'|run_id IN ('x')|run_id not in ('x', 'y')
run_id LIKE 'x'|run_id = x|run_id = 5|run_id IS NULL|source_path = 's3://x'|source_path ILIKE '%x'|source_path IN ('x')
source_path > 'x'|source = 'x'|version_number = 1|version_number > 1|version_number >= 1.5|version_number = '1'|version_number = 'x'
version_number = '1.0'|version_number = ' 1_0 '|version_number LIKE 1|version_number LIKE '1'|version_number IN (1)
version_number IN ('1')|version_number != -1|version_number = 1e3|version_number IS NULL|version = '1'|version = 1
creation_timestamp > 1|creation_timestamp > '1'|last_updated_timestamp > 1|creation_timestamp IN ('1')|attribute.name = 'x'
attributes.name = 'x'|attribute.`run_id` = 'x'|attribute.version_number = 1|`version_number` = 1|tags.a = 'x'|tag.a != 'x'
tags.`a b` LIKE 'x'|tags.a > 'x'|tags.a IN ('x')|tags.a = 1|tags.a IS NULL|current_stage = 'x'|user_id = 'x'|foo = 'x'|foo.a = 'x'
name = 'x' AND run_id = 'y'|name = 'x' OR run_id = 'y'|(name = 'x')|name = 'x', run_id = 'y'|name|AND|1 = 1|version_number = ('1')
"""
MODELS_ORDER = r"""
name|name ASC|name DESC|name desc|timestamp|timestamp DESC|last_updated_timestamp|last_updated_timestamp ASC|creation_timestamp
`name`|"name"|attribute.name|tags.a|foo|name foo|name, timestamp|name desc asc|Name|version_number| name|name |1
"""
VERSIONS_ORDER = r"""
name|name DESC|version_number|version_number DESC|creation_timestamp asc|last_updated_timestamp|timestamp|`name`|"name" desc
attribute.name|attributes.name|attribute.`version_number` DESC|tags.a|tags.name|tag.`name` DESC|foo|foo.a|foo.name|name foo|run_id
source_path|version|name, version_number|name desc asc|metrics.a| name|name |1
"""
EXTRA = {
    "runs": ["", " ", "\n\t", "params.a = 'x'\nAND params.b\t=\r\n'y'", "params.a = '|' AND params.b = 'x\ny'"],
    "experiments": ["", " "],
    "runs order": ["", " "],
    "experiments order": [""],
    "models": ["", " "],
    "versions": ["", " "],
    "models order": ["", " "],
    "versions order": ["", " "],
}
VOCABULARY = (
    "metrics.a params.b tags.`c d` AS status run_id start_time name a 'x' \"y\" 5 -1.5 ( ) , ; = != > LIKE ILIKE IN NOT IS"
    " NULL AND OR . ` ' \" [ ] * - DESC ('x') ('x','y') user x'y null"
).split(" ")
ORDER_VOCABULARY = "metrics.a params.`b` tags.'c' start_time status name foo a ASC DESC desc , . ' \" ` ( ) 5 'x' timestamp".split(" ")


def texts(block):
    return [text for line in block.strip("\n").split("\n") for text in line.split("|")]


def nonsense(seed, words, count):
    rng = random.Random(seed)
    for _ in range(count):
        yield rng.choice([" ", " ", ""]).join(rng.choice(words) for _ in range(rng.randint(1, 9)))


def shown(clause):
    kind, key, value = clause["type"], SearchUtils.translate_key_alias(clause["key"]), clause["value"]
    comparator = clause["comparator"].upper()
    if kind == "metric" and value is not None:
        value = float(value)
    if key == "experiment_id" and kind == "attribute":
        if isinstance(value, str):
            comparator, value = {"=": "IN", "!=": "NOT IN"}.get(comparator, comparator), [value]
        value = [str(int(id)) for id in value]
    if isinstance(value, (int, float)):
        value = {"number": str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)}
    return [kind, key, comparator, value]


def reader(utils, judge, shown):
    """What reads a filter in the server's two steps: its parser, then what makes a query of it."""

    def read(text):
        parsed = utils.parse_search_filter(text)
        judge(parsed)
        return [shown(clause) for clause in parsed]

    return read


def read_runs_order(text):
    store._get_orderby_clauses([text], Session())
    kind, key, ascending = SearchUtils.parse_order_by_for_search_runs(text)
    return [kind, SearchUtils.translate_key_alias(key), ascending]


def read_experiments_order(text):
    store._get_search_experiments_order_by_clauses([text])
    return list(SearchExperimentsUtils.parse_order_by_for_search_experiments(text))


# Its filters are judged by methods, none of which asks for more than the class.
registry = object.__new__(Registry)


def shown_in_registry(clause):
    value = clause["value"]
    if clause["key"] == "version_number":
        value = {"number": str(int(value))}
    return [clause["type"], clause["key"], clause["comparator"].upper(), list(value) if isinstance(value, tuple) else value]


def read_models_order(text):
    Registry._parse_search_registered_models_order_by([text])
    key, ascending = SearchUtils.parse_order_by_for_search_registered_models(text)
    key = "last_updated_timestamp" if key in SearchUtils.VALID_TIMESTAMP_ORDER_BY_KEYS else key
    return ["attribute", key, ascending]


def read_versions_order(text):
    Registry._parse_search_model_versions_order_by([text])
    _, key, ascending = SearchModelVersionUtils.parse_order_by_for_search_model_versions(text)
    return ["attribute", key, ascending]


def in_order(message):
    """Python prints a set in an arbitrary order."""
    return re.sub(r"\{('[^']+'(?:, '[^']+')*)\}", lambda found: "{" + ", ".join(sorted(found[1].split(", "))) + "}", message)


def answer(read, text):
    try:
        return {"read": read(text)}
    except MlflowException as error:
        return {"code": error.error_code, "message": in_order(error.message)}
    except Exception as error:
        return {"code": "INTERNAL_ERROR", "message": type(error).__name__}


read_runs = reader(
    SearchUtils, lambda parsed: store._get_sqlalchemy_filter_clauses(parsed, Session(), "sqlite"), shown
)
read_experiments = reader(
    SearchExperimentsUtils, lambda parsed: store._get_search_experiments_filter_clauses(parsed, "sqlite"), shown
)
read_models = reader(
    SearchModelUtils,
    lambda parsed: registry._get_search_registered_model_filter_query(None, parsed, "sqlite"),
    shown_in_registry,
)
read_versions = reader(
    SearchModelVersionUtils,
    lambda parsed: registry._get_search_model_versions_filter_clauses(parsed, "sqlite"),
    shown_in_registry,
)

READERS = {
    "runs": (read_runs, RUNS, VOCABULARY, 300),
    "experiments": (read_experiments, EXPERIMENTS, VOCABULARY, 80),
    "runs order": (read_runs_order, RUNS_ORDER, ORDER_VOCABULARY, 100),
    "experiments order": (read_experiments_order, EXPERIMENTS_ORDER, ORDER_VOCABULARY, 30),
    "models": (read_models, MODELS, VOCABULARY, 80),
    "versions": (read_versions, VERSIONS, VOCABULARY, 80),
    "models order": (read_models_order, MODELS_ORDER, ORDER_VOCABULARY, 30),
    "versions order": (read_versions_order, VERSIONS_ORDER, ORDER_VOCABULARY, 30),
}


def main(extra_nonsense):
    lines = []
    for what, (read, block, words, count) in READERS.items():
        for text in texts(block) + EXTRA[what] + list(nonsense(what, words, count + extra_nonsense)):
            lines.append(json.dumps([what, text, answer(read, text)], ensure_ascii=False))
    print("[\n" + ",\n".join(dict.fromkeys(lines)) + "\n]")


def ask():
    for line in sys.stdin:
        what, text = json.loads(line)
        print(json.dumps(answer(READERS[what][0], text)))


if __name__ == "__main__":
    ask() if sys.argv[1:] == ["ask"] else main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
