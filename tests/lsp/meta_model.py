"""Whether messages of the server are what the protocol's meta model says, by the Python types that Microsoft generates from it.

They are in the package `lsprotocol`. Without it `checker()` is None, and tests say that nothing was checked.
"""

import collections.abc
import enum
import functools
import sys
import typing
from typing import Any, Dict, List, Optional

try:
    import attrs
    from lsprotocol import types as lsp
except ImportError:
    lsp = None

INTEGER = (-2 ** 31, 2 ** 31 - 1)


class Mismatch(Exception):
    pass


def camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


@functools.lru_cache(maxsize=None)
def members(cls: Any) -> Dict[str, Any]:
    """JSON name → (type, required)."""
    hints = typing.get_type_hints(cls, vars(sys.modules[cls.__module__]))
    return {camel(field.name): (hints[field.name], field.default is attrs.NOTHING) for field in attrs.fields(cls)}


def check(value: Any, wanted: Any, path: str) -> None:
    """Raises Mismatch with the path of what is wrong."""
    origin = typing.get_origin(wanted)
    if wanted is Any or wanted is object or wanted == lsp.LSPAny:
        return
    if origin is typing.Union:
        problems = []
        for option in typing.get_args(wanted):
            try:
                return check(value, option, path)
            except Mismatch as problem:
                problems.append(str(problem))
        raise Mismatch(max(problems, key=len))
    if wanted is type(None):
        if value is not None:
            raise Mismatch(f"{path}: {value!r} is not null")
    elif origin is typing.Literal:
        if value not in typing.get_args(wanted):
            raise Mismatch(f"{path}: {value!r} is none of {typing.get_args(wanted)}")
    elif origin is tuple:
        arguments = typing.get_args(wanted)
        if not isinstance(value, list) or len(value) != len(arguments):
            raise Mismatch(f"{path}: {value!r} is no tuple of {len(arguments)}")
        for index, (one, argument) in enumerate(zip(value, arguments)):
            check(one, argument, f"{path}[{index}]")
    elif origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            raise Mismatch(f"{path}: {value!r} is no array")
        if typing.get_args(wanted)[0] is int and all(type(one) is int and 0 <= one <= INTEGER[1] for one in value):
            return
        for index, one in enumerate(value):
            check(one, typing.get_args(wanted)[0], f"{path}[{index}]")
    elif origin in (dict, collections.abc.Mapping):
        if not isinstance(value, dict):
            raise Mismatch(f"{path}: {value!r} is no object")
        for key, one in value.items():
            check(one, typing.get_args(wanted)[1], f"{path}.{key}")
    elif wanted in (bool, str):
        if not isinstance(value, wanted):
            raise Mismatch(f"{path}: {value!r} is no {wanted.__name__}")
    elif wanted in (int, float):
        if isinstance(value, bool) or not isinstance(value, (int, float) if wanted is float else int):
            raise Mismatch(f"{path}: {value!r} is no {wanted.__name__}")
        if wanted is int and not INTEGER[0] <= value <= INTEGER[1]:
            raise Mismatch(f"{path}: {value!r} is out of range")
    elif isinstance(wanted, type) and issubclass(wanted, enum.Enum):
        # Enumerations of texts are open, those of numbers are not.
        if not isinstance(value, str) and value not in [one.value for one in wanted]:
            raise Mismatch(f"{path}: {value!r} is no {wanted.__name__}")
    elif attrs.has(wanted):
        if not isinstance(value, dict):
            raise Mismatch(f"{path}: {value!r} is no {wanted.__name__}")
        known = members(wanted)
        for key, (kind, required) in known.items():
            if key in value:
                check(value[key], kind, f"{path}.{key}")
            elif required:
                raise Mismatch(f"{path}: {wanted.__name__} without {key!r}: {value!r}")
        for key in value:
            if key not in known:
                raise Mismatch(f"{path}: {wanted.__name__} has no {key!r}")
    else:
        raise Mismatch(f"{path}: what is {wanted!r}?")


class Checker:
    """Collects what is wrong with the messages that it is shown."""

    def __init__(self) -> None:
        self.problems: List[str] = []
        self.seen = 0

    def message(self, message: Dict[str, Any], method: Optional[str] = None) -> None:
        """A message of the server; `method` is that of the request that it answers."""
        self.seen += 1
        try:
            if message.get("jsonrpc") != "2.0":
                raise Mismatch("no jsonrpc")
            if "method" in message:
                types = lsp.METHOD_TO_TYPES.get(message["method"])
                if types is None:
                    raise Mismatch(f"no method {message['method']!r}")
                check(message, types[0], message["method"])
            elif "error" in message:
                check(message["error"], lsp.ResponseError if hasattr(lsp, "ResponseError") else Any, f"error of {method}")
            elif method in lsp.METHOD_TO_TYPES:
                check(message["result"], members(lsp.METHOD_TO_TYPES[method][1])["result"][0], method)
        except Mismatch as problem:
            self.problems.append(str(problem)[:1000])
        except RecursionError:
            self.problems.append(f"{method}: nested too deep")


def checker() -> Optional[Checker]:
    return Checker() if lsp is not None else None
