# The lit suite of the command line. README.md in this folder tells how to write a test.
import os
import pathlib
import shutil

import lit.formats

config.name = "kdsl"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test", ".kdsl"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)

# A user's own files and variables must not change a result: the home folder is empty, and of the
# environment only what lit passes on by itself is kept.
home = pathlib.Path(config.test_exec_root) / "home"
home.mkdir(parents=True, exist_ok=True)
config.environment["HOME"] = str(home)
config.environment["NO_COLOR"] = "1"
config.environment["LC_ALL"] = "C.UTF-8"
config.environment["PATH"] = os.pathsep.join([config.llvm_bin_dir, os.environ["PATH"]])

config.substitutions.append(("%kdsl", config.kdsl))
config.substitutions.append(("%examples", os.path.join(config.kdsl_source_dir, "examples")))

# Programs that are not everywhere: `REQUIRES: kubectl` leaves a test out, visibly, where the program is missing.
for program in ("kubectl", "node", "git", "dot"):
    if shutil.which(program):
        config.available_features.add(program)
