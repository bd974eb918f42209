#!/usr/bin/python3
"""Trains the demo model: a slim ResNet-9 on CIFAR-10, exported to ONNX.

Needs Debian 12's python3-torch, python3-onnx, python3-pil and python3-numpy
(no GPU, no network). Train, then check what was exported:

    nice python3 train_resnet9_cifar10.py --data cifar-10-python.tar.gz
    python3 train_resnet9_cifar10.py --data cifar-10-python.tar.gz --verify

--data takes the official Python archive of CIFAR-10, or a zip of 32x32 images
laid out as train/<class>/*.jpg and test/<class>/*.jpg.

All epochs but the last five see 24x24 images, the last five 32x32: the network is
fully convolutional up to its global pooling, and small images are nearly twice
as fast. Every epoch draws from its own random streams, seeded by
--seed and the epoch's number, so a resumed run takes the same course as an
uninterrupted one. Equal bits need an equal torch version, processor type and
number of threads.
"""
import argparse
import ctypes
import hashlib
import io
import json
import math
import os
import pickle
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

# Read when torch loads OpenMP: idle threads sleep, which matters on a shared machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from PIL import Image
from torch import nn

NAME = "resnet9-cifar10"
CLASSES = "airplane automobile bird cat deer dog frog horse ship truck".split()
MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)
SIZE = 32
SMALL_SIZE = 24
LAST_EPOCHS = 5
BATCH = 128
MAX_RATE = 0.15
WEIGHT_DECAY = 5e-4
LABEL_SMOOTHING = 0.1
MAX_BYTES = 5_000_000
# The archive holds pickles, which can run code: only the known file is opened.
ARCHIVE_MD5 = "c58f30108f718f92721af3b95e74349a"


# ---------------------------------------------------------------- data

def load_cifar10(path):
    """Returns (train images, train labels, test images, test labels) as uint8 NCHW and int64."""
    read = read_zip if zipfile.is_zipfile(path) else read_archive
    parts = read(path)
    arrays = []
    for part in ("train", "test"):
        images, labels = parts[part]
        arrays += [torch.from_numpy(np.ascontiguousarray(images)), torch.tensor(labels)]
    return arrays


def read_zip(path):
    parts = {"train": ([], []), "test": ([], [])}
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            pieces = name.split("/")
            if len(pieces) != 3 or pieces[0] not in parts or not pieces[2]:
                continue
            with Image.open(io.BytesIO(archive.read(name))) as image:
                pixels = np.asarray(image.convert("RGB"))
            images, labels = parts[pieces[0]]
            images.append(pixels.transpose(2, 0, 1))
            labels.append(CLASSES.index(pieces[1]))
    return {part: (np.stack(images), labels) for part, (images, labels) in parts.items()}


def read_archive(path):
    digest = hashlib.md5(Path(path).read_bytes()).hexdigest()
    if digest != ARCHIVE_MD5:
        sys.exit(f"{path}: not the official cifar-10-python.tar.gz (MD5 {digest})")
    files = {"train": [f"data_batch_{i}" for i in range(1, 6)], "test": ["test_batch"]}
    parts = {}
    with tarfile.open(path) as archive:
        for part, names in files.items():
            batches = [pickle.load(archive.extractfile(f"cifar-10-batches-py/{name}"),
                                   encoding="bytes") for name in names]
            images = np.concatenate([batch[b"data"] for batch in batches])
            labels = [label for batch in batches for label in batch[b"labels"]]
            parts[part] = (images.reshape(-1, 3, SIZE, SIZE), labels)
    return parts


def normalise(pixels):
    """From values in 0..1 to what the network takes."""
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return (pixels - mean) / std


# ---------------------------------------------------------------- augmentation

def augment(images, size):
    """One training batch: uint8 NCHW in, normalised float of size x size out."""
    x = jpeg(images, share=0.08).float().div_(255)
    x = crop(x, size)
    x = colour(x)
    x = blur(x, share=0.12)
    return normalise(x.clamp_(0, 1)).contiguous(memory_format=torch.channels_last)


def uniform(n, low, high):
    return torch.empty(n).uniform_(low, high)


def jpeg(images, share):
    """Re-encodes a share of the images as JPEG of a random quality."""
    images = images.clone()
    for i in torch.nonzero(torch.rand(len(images)) < share).flatten().tolist():
        coded = io.BytesIO()
        Image.fromarray(images[i].permute(1, 2, 0).numpy()).save(
            coded, "JPEG", quality=random.randint(40, 95))
        with Image.open(coded) as image:
            images[i] = torch.from_numpy(np.array(image)).permute(2, 0, 1)
    return images


def crop(x, size):
    """Mirrors and shifts every image; zooms, stretches and tilts two fifths of them."""
    n = len(x)
    mirror = torch.sign(torch.rand(n) - 0.5)
    shift = torch.randint(-4, 5, (n, 2)) * (2 / SIZE)
    free = (torch.rand(n) < 0.4).float()
    zoom = torch.exp(free * uniform(n, math.log(0.65), math.log(1.15)))
    stretch = torch.exp(free * uniform(n, -0.12, 0.12))
    angle = free * uniform(n, -0.17, 0.17)
    theta = torch.stack([
        torch.stack([mirror * zoom * stretch * angle.cos(), -zoom * angle.sin(), shift[:, 0]], 1),
        torch.stack([mirror * zoom * angle.sin(), zoom / stretch * angle.cos(), shift[:, 1]], 1),
    ], 1)
    grid = F.affine_grid(theta, (n, 3, size, size), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def colour(x):
    """Random saturation, contrast and brightness."""
    n = len(x)
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * uniform(n, 0.8, 1.2).view(n, 1, 1, 1)
    mean = x.mean((1, 2, 3), keepdim=True)
    x = mean + (x - mean) * uniform(n, 0.8, 1.2).view(n, 1, 1, 1)
    return x + uniform(n, -0.1, 0.1).view(n, 1, 1, 1)


def blur(x, share):
    """Gaussian blur of a share of the images, one random width per batch."""
    chosen = torch.rand(len(x)) < share
    sigma = random.uniform(0.3, 1.0)
    line = torch.exp(-torch.arange(-2.0, 3.0) ** 2 / (2 * sigma ** 2))
    kernel = torch.outer(line, line)
    kernel = (kernel / kernel.sum()).expand(3, 1, 5, 5)
    padded = F.pad(x[chosen], (2, 2, 2, 2), mode="reflect")
    x[chosen] = F.conv2d(padded, kernel, groups=3)
    return x


# ---------------------------------------------------------------- model

class Layer(nn.Module):
    """3x3 convolution, batch normalisation, ReLU and, if asked for, 2x2 pooling."""

    def __init__(self, inputs, outputs, pool=False):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.pool = nn.MaxPool2d(2) if pool else nn.Identity()

    def forward(self, x):
        x = self.norm(self.conv(x))
        # Both orders give the same values. Pooling first is cheaper in training;
        # ReLU first lets a runtime fuse it into the convolution.
        return F.relu(self.pool(x)) if self.training else self.pool(F.relu(x))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.body = nn.Sequential(Layer(channels, channels), Layer(channels, channels))

    def forward(self, x):
        return x + self.body(x)


class ResNet9(nn.Sequential):
    def __init__(self):
        super().__init__(
            Layer(3, 24),
            Layer(24, 48, pool=True), Residual(48),
            Layer(48, 128, pool=True),
            Layer(128, 192, pool=True), Residual(192),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(192, len(CLASSES)))


# ---------------------------------------------------------------- training

def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def keep_freed_memory():
    """Has glibc reuse large freed blocks, not hand them back: about a fifth faster."""
    trim_threshold, top_pad, mmap_max = -1, -2, -4
    try:
        libc = ctypes.CDLL(None)
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2 ** 31 - 1)
        libc.mallopt(top_pad, 2 ** 28)
    except (OSError, AttributeError):
        pass


def make_optimizer(model):
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": weights, "weight_decay": WEIGHT_DECAY},
              {"params": others, "weight_decay": 0}]
    return torch.optim.SGD(groups, lr=MAX_RATE, momentum=0.9, nesterov=True)


class Schedule(torch.optim.lr_scheduler.OneCycleLR):
    """One cycle laid out a quarter longer than the run, cut short: the last epochs go to zero."""

    def __init__(self, optimizer, epochs, steps):
        self.end, self.cooling = epochs * steps, LAST_EPOCHS * steps
        super().__init__(optimizer, max_lr=MAX_RATE, total_steps=round(epochs * 1.25) * steps + 1,
                         pct_start=0.25, anneal_strategy="linear", cycle_momentum=False,
                         final_div_factor=1000)

    def get_lr(self):
        share = min(1, (self.end - self.last_epoch) / self.cooling)
        return [rate * share for rate in super().get_lr()]


def train_epoch(model, optimizer, scheduler, images, labels, size):
    model.train()
    total = 0.0
    order = torch.randperm(len(images))
    batches = order.split(BATCH)[:len(images) // BATCH]
    for index in batches:
        x = augment(images[index], size)
        loss = F.cross_entropy(model(x), labels[index], label_smoothing=LABEL_SMOOTHING)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        scheduler.step()
        total += loss.item()
    return total / len(batches)


def train(args, work):
    train_x, train_y, test_x, test_y = load_cifar10(args.data)
    seed_all(args.seed)
    model = ResNet9().to(memory_format=torch.channels_last)
    optimizer = make_optimizer(model)
    scheduler = Schedule(optimizer, args.epochs, len(train_x) // BATCH)
    state = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
    course = {"epochs": args.epochs, "seed": args.seed}
    checkpoint = work / "checkpoint.pt"
    start, seconds = 0, 0.0
    if args.resume and checkpoint.exists():
        start, seconds = restore(checkpoint, state, course)
        log(f"resumed after epoch {start}")
    log(f"{sum(p.numel() for p in model.parameters())} parameters, "
        f"{len(train_x)} training and {len(test_x)} test images, "
        f"torch {torch.__version__}, {torch.get_num_threads()} threads")
    for epoch in range(start, args.epochs):
        seed_all(args.seed * 10_000 + epoch + 1)
        size = SMALL_SIZE if epoch < args.epochs - LAST_EPOCHS else SIZE
        begun = time.monotonic()
        loss = train_epoch(model, optimizer, scheduler, train_x, train_y, size)
        took = time.monotonic() - begun
        seconds += took
        save(checkpoint, state, course, epoch + 1, seconds)
        accuracy = ""
        if epoch + 1 == args.epochs or (epoch + 1) % 4 == 0:
            accuracy = f", test accuracy {accuracy_of(model, test_x, test_y):.2%}"
        log(f"epoch {epoch + 1}/{args.epochs} at {size} px: loss {loss:.4f}{accuracy}, "
            f"{took:.0f} s, {len(train_x) / took:.0f} img/s")
    log(f"trained in {seconds / 60:.1f} minutes")
    return model


def save(path, state, course, epoch, seconds):
    saved = {key: part.state_dict() for key, part in state.items()}
    saved.update(course=course, epoch=epoch, seconds=seconds)
    fresh = path.with_suffix(".new")
    torch.save(saved, fresh)
    fresh.replace(path)


def restore(path, state, course):
    saved = torch.load(path)
    if saved["course"] != course:
        sys.exit(f"{path} belongs to another run: {saved['course']}")
    for key, part in state.items():
        part.load_state_dict(saved[key])
    return saved["epoch"], saved["seconds"]


def logits_of(model, images):
    """Logits for uint8 NCHW images of the network's size."""
    if isinstance(model, nn.Module):
        model.eval()
    with torch.no_grad():
        return torch.cat([model(normalise(part.float() / 255)) for part in images.split(500)])


def accuracy_of(model, images, labels):
    return (logits_of(model, images).argmax(1) == labels).float().mean().item()


# ---------------------------------------------------------------- export

def export(model, out, short_side):
    """Writes model.onnx, labels.txt and model.json, each in one step."""
    model = model.to(memory_format=torch.contiguous_format).eval()
    buffer = io.BytesIO()
    torch.onnx.export(
        model, torch.zeros(1, 3, SIZE, SIZE), buffer, opset_version=13,
        input_names=["input"], output_names=["logits"],
        dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}})
    graph = onnx.load_from_string(buffer.getvalue())
    graph.graph.name = NAME
    for node in graph.graph.node:
        node.ClearField("doc_string")
    onnx.checker.check_model(graph, full_check=True)
    data = graph.SerializeToString()
    out.mkdir(parents=True, exist_ok=True)
    write(out / "model.onnx", data)
    write(out / "labels.txt", "".join(f"{name}\n" for name in CLASSES).encode())
    write(out / "model.json", (json.dumps(description(data, short_side), indent=2) + "\n").encode())
    log(f"{out / 'model.onnx'}: {len(data)} bytes")


def description(data, short_side):
    return {
        "name": NAME,
        "title": "ResNet-9, CIFAR-10",
        "input": {"name": "input", "width": SIZE, "height": SIZE, "layout": "NCHW",
                  "resizeShortSide": short_side, "mean": list(MEAN), "std": list(STD)},
        "output": {"name": "logits", "activation": "softmax"},
        "licence": "Apache-2.0",
        "source": "trained by assets/models/train_resnet9_cifar10.py on CIFAR-10",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def write(path, data):
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(data)
    fresh.replace(path)


# ---------------------------------------------------------------- verification

class OnnxGraph:
    """Runs the exported graph, node by node, with torch: Debian 12 has no onnxruntime."""

    def __init__(self, model):
        self.nodes = model.graph.node
        self.weights = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy())
                        for t in model.graph.initializer}

    def __call__(self, x):
        values = dict(self.weights, input=x)
        for node in self.nodes:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            inputs = [values[name] for name in node.input]
            values[node.output[0]] = self.run(node.op_type, inputs, attributes)
        return values["logits"]

    @staticmethod
    def run(op, inputs, attributes):
        if op == "Conv":
            assert attributes["pads"] == [1, 1, 1, 1] and attributes["strides"] == [1, 1]
            return F.conv2d(*inputs, padding=1)
        if op == "MaxPool":
            assert attributes["kernel_shape"] == attributes["strides"] == [2, 2]
            return F.max_pool2d(inputs[0], 2)
        if op == "Gemm":
            assert attributes["transB"] == 1
            return F.linear(*inputs)
        simple = {"Relu": F.relu, "Add": torch.add, "Flatten": lambda x: x.flatten(1),
                  "GlobalAveragePool": lambda x: x.mean((2, 3), keepdim=True)}
        return simple[op](*inputs)


def verify(out, data):
    """Checks the exported files and measures the exported graph on the test images."""
    raw = (out / "model.onnx").read_bytes()
    model = onnx.load_from_string(raw)
    onnx.checker.check_model(model, full_check=True)
    info = json.loads((out / "model.json").read_text())
    shape = [d.dim_param or d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
    checks = {
        "size": len(raw) <= MAX_BYTES,
        "sha256": info["sha256"] == hashlib.sha256(raw).hexdigest(),
        "opset 13": model.opset_import[0].version == 13,
        "input": model.graph.input[0].name == "input" and shape == ["N", 3, SIZE, SIZE],
        "output": [o.name for o in model.graph.output] == ["logits"],
        "folded": all(node.op_type != "BatchNormalization" for node in model.graph.node),
        "labels": (out / "labels.txt").read_text().split() == CLASSES,
    }
    for name, passed in checks.items():
        print(f"{name}: {'ok' if passed else 'FAILED'}")
    _, _, images, labels = load_cifar10(data)
    right = logits_of(OnnxGraph(model), images).argmax(1) == labels
    print(f"test accuracy of model.onnx: {right.float().mean():.2%} "
          f"({int(right.sum())} of {len(right)})")
    for i, name in enumerate(CLASSES):
        print(f"  {name:<10} {right[labels == i].float().mean():.1%}")
    return all(checks.values())


def view_of(photo, short_side):
    """What the server shows the network: short side resized with antialiasing, centre cut out."""
    photo = photo.convert("RGB")
    scale = short_side / min(photo.size)
    width, height = (max(short_side, round(side * scale)) for side in photo.size)
    photo = photo.resize((width, height), Image.BILINEAR)
    left, top = (width - SIZE) // 2, (height - SIZE) // 2
    photo = photo.crop((left, top, left + SIZE, top + SIZE))
    return torch.from_numpy(np.array(photo)).permute(2, 0, 1)


def classify_photos(out, folder, short_side):
    graph = OnnxGraph(onnx.load(str(out / "model.onnx")))
    print(f"photos, short side {short_side}:")
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".jpg", ".jpeg", ".png")):
        with Image.open(path) as photo:
            view = view_of(photo, short_side)
        shares = logits_of(graph, view.unsqueeze(0)).softmax(1)[0]
        best = shares.topk(3)
        guesses = ", ".join(f"{CLASSES[i]} {p:.2f}"
                            for p, i in zip(best.values.tolist(), best.indices.tolist()))
        print(f"  {path.name:<24} {guesses}")


# ---------------------------------------------------------------- command line

def log(message):
    print(time.strftime("%H:%M:%S"), message, flush=True)


def parse_arguments():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True,
                        help="cifar-10-python.tar.gz, or a zip of train/ and test/ images")
    parser.add_argument("--out", type=Path, default=here / NAME, help="folder of the exported files")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / NAME,
                        help="folder of the checkpoint")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    parser.add_argument("--resize-short-side", type=int, default=SIZE,
                        help="how the server scales photos before it cuts out the centre")
    parser.add_argument("--verify", action="store_true",
                        help="do not train: check the exported files and measure the graph")
    parser.add_argument("--photos", type=Path, help="also classify the photos of this folder")
    return parser.parse_args()


def main():
    args = parse_arguments()
    torch.set_num_threads(args.threads)
    torch.use_deterministic_algorithms(True, warn_only=True)
    keep_freed_memory()
    if not args.verify:
        args.work.mkdir(parents=True, exist_ok=True)
        export(train(args, args.work), args.out, args.resize_short_side)
    passed = verify(args.out, args.data)
    if args.photos:
        classify_photos(args.out, args.photos, args.resize_short_side)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
