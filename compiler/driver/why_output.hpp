#pragma once
// Answers of `kdsl why` as text and JSON.
#include <string>

#include "query/session.hpp"

namespace kdsl::driver {

/// `prod.kdsl:12`; empty for a location without a file.
std::string lineText(const source::FileTable& files, const source::Location& at);

/// The chain of settings, strongest first; what an expression reads is indented below it.
std::string whyText(const query::WhyResult& result, const source::FileTable& files, bool color);

/// One object; docs/guide/why.md describes it.
std::string whyJson(const query::WhyResult& result, const source::FileTable& files);

}  // namespace kdsl::driver
