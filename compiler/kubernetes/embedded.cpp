// The assembler copies the generated file into the read-only data of the program; KDSL_SCHEMA_BLOB is its path.
#include "kubernetes/embedded.hpp"

#include "kubernetes/schema.hpp"

asm(".section .rodata\n"
    ".balign 16\n"
    "kdsl_schema_blob_begin:\n"
    ".incbin \"" KDSL_SCHEMA_BLOB "\"\n"
    ".globl kdsl_schema_blob_begin\n"
    ".type kdsl_schema_blob_begin, @object\n"
    ".size kdsl_schema_blob_begin, . - kdsl_schema_blob_begin\n"
    ".text\n");

extern "C" const kdsl::kubernetes::blob::Header kdsl_schema_blob_begin;

namespace kdsl::kubernetes {

const blob::Header* embeddedHeader() { return &kdsl_schema_blob_begin; }

std::span<const std::byte> embeddedBlob() {
  return {reinterpret_cast<const std::byte*>(embeddedHeader()), embeddedHeader()->size};
}

}  // namespace kdsl::kubernetes
