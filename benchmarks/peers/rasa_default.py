"""Rasa's default pipeline, the one that `rasa init` writes: DIET on real TensorFlow, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks.answers import Answers
from benchmarks.datasets import Dataset
from bot.paths import ROOT

PIPELINE = """\
recipe: default.v1
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 100
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: 100
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
"""

SCRIPT = """
import asyncio, json, statistics, sys, time
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
folder, texts = sys.argv[1], json.load(open(sys.argv[1] + "/test.json"))
started = time.perf_counter()
model = train_nlu(folder + "/config.yml", folder + "/nlu.yml", folder)
training = time.perf_counter() - started
agent = Agent.load(model)
async def ask():
    found, times = [], []
    for text in texts:
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        times.append(time.perf_counter() - started)
        ranking = [one for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback"]
        best = ranking[0] if ranking else {"name": "", "confidence": 0.0}
        found.append([best["name"], best["confidence"], parsed["intent"]["name"] != "nlu_fallback"])
    return found, statistics.median(times) * 1000
found, milliseconds = asyncio.run(ask())
json.dump({"found": found, "training": training, "milliseconds": milliseconds}, open(folder + "/answers.json", "w"))
"""


def answer(dataset: Dataset) -> Answers:
    """Trains on the set and answers its test messages."""
    examples: dict[str, list[str]] = {}
    for text, intent in zip(dataset.train.texts, dataset.train.intents):
        examples.setdefault(intent, []).append("- " + " ".join(text.replace("[", "(").replace("]", ")").split()))
    nlu = [{"intent": intent, "examples": "\n".join(lines) + "\n"} for intent, lines in examples.items()]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "config.yml").write_text(PIPELINE, encoding="utf-8")
        (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
        (folder / "test.json").write_text(json.dumps(dataset.test.texts), encoding="utf-8")
        environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "RASA_CACHE_DIRECTORY": f"{made}/cache"}
        command = [sys.executable, "-c", SCRIPT, made]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        said = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    names, confidences, accepted = zip(*said["found"])
    return Answers(list(names), list(confidences), list(accepted), said["training"], said["milliseconds"])
