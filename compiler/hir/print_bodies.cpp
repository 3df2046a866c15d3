#include "hir/printer.hpp"

namespace kdsl::hir {

void Printer::body(BodyId id) {
  const auto& printed = module_[id];
  text("{");
  if (printed.entryCount == 0) return text("}");
  indent();
  for (const auto& e : module_.entriesOf(printed)) {
    line();
    entry(e);
  }
  outdent();
  line();
  text("}");
}

void Printer::entry(const Entry& e) {
  switch (e.kind) {
    case EntryKind::Set:
      if (e.isFinal) text("final ");
      path(e);
      text(e.quiet ? "?: " : ": ");
      switch (e.verb) {
        case Verb::Set: break;
        case Verb::Replace: text("replace "); break;
        case Verb::Append: text("append "); break;
        case Verb::Prepend: text("prepend "); break;
        case Verb::External: return text("external");
      }
      expr(e.value);
      return;
    case EntryKind::Spread:
      text("...");
      expr(e.value);
      return;
    case EntryKind::Each:
      text("each ");
      typeList(e.firstType, e.typeCount);
      if (base::valid(e.extra)) {
        text(" where ");
        expr(e.extra);
      }
      if (!base::valid(e.then)) return text(": absent");
      text(" ");
      return body(e.then);
    case EntryKind::If:
      text("if (");
      expr(e.value);
      text(") ");
      body(e.then);
      if (base::valid(e.otherwise)) {
        text(" else ");
        body(e.otherwise);
      }
      return;
    case EntryKind::For:
      loopHead(e.first, e.second, e.value, e.extra);
      text(" ");
      return body(e.then);
    case EntryKind::Let: {
      const auto& bound = module_[e.first];
      text("let ");
      local(e.first);
      if (base::valid(bound.type)) {
        text(": ");
        type(bound.type);
      }
      text(" = ");
      expr(bound.value);
      return;
    }
    case EntryKind::Check:
      if (e.isFinal) text("final ");
      text(e.isWarning ? "warn " : "check ");
      if (e.name != base::emptySymbol) {
        name(e.name);
        text(": ");
      }
      expr(e.value);
      if (base::valid(e.extra)) {
        text(" else ");
        expr(e.extra);
      }
      return;
    case EntryKind::Waive:
      text("waive ");
      name(e.name);
      text(" because ");
      expr(e.value);
      return;
    case EntryKind::Golden:
      text("golden ");
      quoted(e.name);
      text(": ");
      expr(e.value);
      return;
  }
}

void Printer::path(const Entry& e) {
  bool first = true;
  for (const auto& segment : module_.segmentsOf(e)) {
    if (segment.quiet) {
      text("?.");
    } else if (!first && segment.kind == SegmentKind::Name) {
      text(".");
    }
    first = false;
    if (segment.kind == SegmentKind::Index) {
      keys(segment.first, segment.count);
    } else if (segment.quoted) {
      quoted(segment.name);
    } else {
      name(segment.name);
    }
  }
}

}  // namespace kdsl::hir
