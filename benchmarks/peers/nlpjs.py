"""nlp.js (npm node-nlp), which is installed into var/benchmarks the first time."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict

from benchmarks.answers import Answers
from benchmarks.datasets import Dataset
from bot.paths import ROOT

FOLDER = ROOT / "var" / "benchmarks" / "nlpjs"
PACKAGE = "node-nlp@4.27.0"
# The threshold under which nlp.js answers with the intent None.
LIMIT = 0.5

SCRIPT = """
const { NlpManager } = require('node-nlp');
const fs = require('fs');
(async () => {
  const { train, test } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const manager = new NlpManager({ languages: ['en'], autoSave: false, nlu: { log: false, useNoneFeature: true } });
  train.texts.forEach((text, row) => manager.addDocument('en', text, train.intents[row]));
  let started = process.hrtime.bigint();
  await manager.train();
  const training = Number(process.hrtime.bigint() - started) / 1e9;
  const found = [], times = [];
  for (const text of test.texts) {
    started = process.hrtime.bigint();
    const { classifications } = await manager.process('en', text);
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
    const best = classifications.find((one) => one.intent !== 'None') || { intent: '', score: 0 };
    const refused = classifications[0].intent === 'None' && classifications[0].score > best.score;
    found.push([best.intent, refused ? 0 : best.score]);
  }
  times.sort((a, b) => a - b);
  fs.writeFileSync(process.argv[2], JSON.stringify({ found, training, milliseconds: times[times.length >> 1] }));
})();
"""


def answer(dataset: Dataset) -> Answers:
    """Trains on the set and answers its test messages.

    Raises:
        FileNotFoundError: when Node.js and npm are not installed.
    """
    _install()
    out = FOLDER / "answers.json"
    given = json.dumps({"train": asdict(dataset.train), "test": asdict(dataset.test)})
    subprocess.run(
        ["node", "--max-old-space-size=8192", "ask.js", str(out)],
        cwd=FOLDER, input=given, text=True, check=True, stdout=subprocess.DEVNULL,
    )
    said = json.loads(out.read_text(encoding="utf-8"))
    names, confidences = zip(*said["found"])
    accepted = [confidence >= LIMIT for confidence in confidences]
    return Answers(list(names), list(confidences), accepted, said["training"], said["milliseconds"])


def _install() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "ask.js").write_text(SCRIPT, encoding="utf-8")
    if not (FOLDER / "node_modules" / "node-nlp").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", PACKAGE]
        subprocess.run(command, cwd=FOLDER, check=True, stdout=subprocess.DEVNULL)
