#!/usr/bin/env python3
"""Makes a model that compares pictures with words ready for Memoir, out of weights that you fetched yourself.

    words.py --list
    words.py --choice NAME --pictures VISION.onnx --words TEXT.onnx --tokenizer tokenizer.json --licence LICENSE --out FOLDER

writes FOLDER/words.json and, beside it, the files that it names, with their SHA-256: what lies below models/ in the derived
bucket. `memoir up --set ai.words=FOLDER` puts them there, or copy them yourself, words.json last, and run `custodian setup`.

The choices and their terms are in word-choices.json; --choices names another such file. docs/analysis.md says how the two
halves of a model are exported. Needs the onnx of requirements.txt. Weights that may not be used, or not by everybody
(refused.json), are refused by name and by content.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import convert

CHOICES = convert.RESOURCES / "word-choices.json"
PICTURES = ["image_embeds", "pooler_output", "embeds"]
WORDS = ["text_embeds", "pooler_output", "embeds"]
FLOAT, INT64 = 1, 7


def dimensions(value) -> list:
    return [part.dim_value or None for part in value.type.tensor_type.shape.dim]


def load(path: Path) -> tuple:
    """The model with all its weights in one file, and its graph."""
    import onnx

    model = onnx.load(str(path))
    return model.SerializeToString(), model.graph


def inputs(graph) -> list:
    given = {tensor.name for tensor in graph.initializer}
    return [value for value in graph.input if value.name not in given]


def output(graph, wanted: list[str], path: Path):
    flat = {value.name: value for value in graph.output if len(dimensions(value)) == 2}
    name = next((name for name in wanted if name in flat), next(iter(flat)) if len(flat) == 1 else None)
    if name is None:
        raise convert.ConversionError(
            f"{path} has no output that could be a direction: one row for each input, called {' or '.join(wanted)}, "
            f"is wanted; there are {[value.name for value in graph.output]}"
        )
    return flat[name]


def picture_half(graph, path: Path) -> tuple[str, str, int | None]:
    pictures = [value for value in inputs(graph) if value.type.tensor_type.elem_type == FLOAT and len(dimensions(value)) == 4]
    if len(pictures) != 1 or len(inputs(graph)) != 1:
        raise convert.ConversionError(
            f"{path} must have one input, a picture of four dimensions in 32-bit floats; export that half of the model alone"
        )
    found = output(graph, PICTURES, path)
    return pictures[0].name, found.name, dimensions(found)[1]


def word_half(graph, path: Path) -> tuple[str, str, str, int | None]:
    names = [value.name for value in inputs(graph) if value.type.tensor_type.elem_type == INT64]
    tokens = next((name for name in names if name == "input_ids"), names[0] if len(names) == 1 else None)
    mask = "attention_mask" if "attention_mask" in names else ""
    if tokens is None or len(inputs(graph)) != 1 + bool(mask):
        raise convert.ConversionError(
            f"{path} must have the input input_ids, and besides it attention_mask at most; export that half of the model alone"
        )
    found = output(graph, WORDS, path)
    return tokens, mask, found.name, dimensions(found)[1]


def entry(name: str, content: bytes) -> dict:
    return {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def catalogue(name: str, choice: dict, arguments: argparse.Namespace) -> tuple[dict, dict[str, bytes]]:
    pictures, picture_graph = load(arguments.pictures)
    words, word_graph = load(arguments.words)
    picture_input, picture_output, size = picture_half(picture_graph, arguments.pictures)
    word_input, mask, word_output, word_size = word_half(word_graph, arguments.words)
    size = size or word_size or choice["size"]
    if {size, word_size or size} != {choice["size"]}:
        raise convert.ConversionError(
            f"the halves give {size} and {word_size} numbers, {name} has {choice['size']}: are they of one model, and of this one?"
        )
    files = {
        "pictures.onnx": pictures,
        "words.onnx": words,
        "tokenizer.json": arguments.tokenizer.read_bytes(),
        "LICENSE.txt": arguments.licence.read_bytes(),
    }
    json.loads(files["tokenizer.json"])
    preparation = {"input": picture_input, "layout": "NCHW", **choice["preparation"]}
    # Whatever changes an answer makes another version.
    told = [hashlib.sha256(files[file]).hexdigest() for file in sorted(files)] + [json.dumps(choice, sort_keys=True)]
    version = hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]
    model = {
        "name": name,
        "version": version,
        "task": "words",
        "weights": entry("pictures.onnx", files["pictures.onnx"]),
        "licence": {
            "id": choice["licence"],
            "holder": choice["holder"],
            "text": entry("LICENSE.txt", files["LICENSE.txt"]),
        },
        "preparation": preparation,
        "output": {
            "kind": "meaning",
            "name": picture_output,
            "size": size,
            "words": {
                "weights": entry("words.onnx", files["words.onnx"]),
                "input": word_input,
                "mask": mask if choice["mask"] else "",
                "name": word_output,
                "tokenizer": entry("tokenizer.json", files["tokenizer.json"]),
                "length": choice["length"],
                "filler": choice["filler"],
                "lower": choice["lower"],
            },
        },
    }
    if mask and not choice["mask"]:
        raise convert.ConversionError(f"{arguments.words} wants an attention_mask, which {name} was trained without")
    return {"packages": [], "current": {"words": f"{name}/{version}"}, "models": [model]}, files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the choices with their terms and stop")
    parser.add_argument("--choices", type=Path, default=CHOICES, help="another list of choices")
    parser.add_argument("--choice", help="which of them")
    for name, what in [
        ("pictures", "the half for pictures, ONNX"),
        ("words", "the half for words, ONNX"),
        ("tokenizer", "its tokenizer.json"),
        ("licence", "the text of its licence"),
        ("out", "folder to write to"),
    ]:
        parser.add_argument(f"--{name}", type=Path, help=what)
    arguments = parser.parse_args()
    choices = json.loads(arguments.choices.read_text(encoding="utf-8"))["choices"]
    if arguments.list:
        for name, choice in choices.items():
            print(f"{name}: {choice['licence']}, {choice['holder']}, {choice['source']}; {choice['size']} numbers. {choice['about']}")
        return 0
    given = [arguments.choice, arguments.pictures, arguments.words, arguments.tokenizer, arguments.licence, arguments.out]
    if None in given:
        parser.error("--choice, --pictures, --words, --tokenizer, --licence and --out are needed")
    refusals = convert.Refusals(json.loads(convert.REFUSED.read_text(encoding="utf-8"))["refused"])
    files = [arguments.pictures, arguments.words, arguments.tokenizer]
    refusals.by_name([arguments.choice, *(file.name for file in files)])
    if arguments.choice not in choices:
        raise convert.ConversionError(
            f"{arguments.choice} is none of {', '.join(choices)}; describe another model in a file of your own (--choices)"
        )
    choice = choices[arguments.choice]
    refusals.by_name([choice["source"]])
    for file in [*files, arguments.licence]:
        if not file.is_file():
            raise convert.ConversionError(f"there is no {file}")
        refusals.by_content(str(file), file.read_bytes())
    written, contents = catalogue(arguments.choice, choice, arguments)
    model = written["models"][0]
    for name, content in contents.items():
        convert.write(arguments.out / model["name"] / model["version"] / name, content)
    convert.write(arguments.out / "words.json", (json.dumps(written, indent=2) + "\n").encode())
    print(f"made {arguments.out / 'words.json'}: {written['current']['words']}, under {choice['licence']} by {choice['holder']}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except convert.ConversionError as error:
        sys.exit(f"words.py: {error}")
    except ModuleNotFoundError as error:
        pins = Path(__file__).parent / "requirements.txt"
        sys.exit(f"words.py: {error}; install with: pip install --require-hashes -r {pins}")
