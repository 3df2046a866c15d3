# Writes OUTPUT, a C++ source with the text of every PAGES_FOLDER/KD*.md: `kdsl explain` needs no files beside the program.
file(GLOB pages ${PAGES_FOLDER}/KD*.md)
list(SORT pages)
set(entries "")
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} text)
  # The delimiter cannot occur in a page by accident.
  string(APPEND entries "    {\"${code}\", R\"kdslPage(${text})kdslPage\"},\n")
endforeach()
file(WRITE ${OUTPUT}
  "// Generated from docs/diagnostics/.\n"
  "#include \"driver/pages.hpp\"\n\n"
  "namespace kdsl::driver {\n\n"
  "std::span<const Page> pages() {\n"
  "  static constexpr Page all[] = {\n    {\"\", \"\"},\n${entries}  };\n"
  "  return std::span<const Page>(all).subspan(1);\n"
  "}\n\n"
  "}  // namespace kdsl::driver\n")
