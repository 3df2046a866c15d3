# System libraries. Each is named with its reason in docs/internals/dependencies.md; scripts/setup.sh installs them.
find_package(Threads REQUIRED)
find_package(pegtl 3.2 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
find_path(FMT_INCLUDE_DIR fmt/format-inl.h REQUIRED)

# The static archives: the programs run on machines that have none of these libraries.
function(kdsl_static_library target archive)
  find_library(${target}_ARCHIVE NAMES ${archive} REQUIRED)
  add_library(${target} INTERFACE)
  target_link_libraries(${target} INTERFACE ${${target}_ARCHIVE} ${ARGN})
endfunction()
kdsl_static_library(kdsl_re2 libre2.a Threads::Threads)
kdsl_static_library(kdsl_yaml_cpp libyaml-cpp.a)

if(KDSL_TESTS)
  find_package(GTest 1.12 REQUIRED)
endif()
