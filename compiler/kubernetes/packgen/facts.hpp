// Adds our own facts to the model. A row that names a definition or field of no version is an error: a table cannot go stale unseen.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "kubernetes/packgen/model.hpp"
#include "kubernetes/packgen/table.hpp"

namespace kdsl::kubernetes::packgen {

/// Calls `apply` for the field `key` (`core.v1.Container.image`) in every version that has it; an error when none does.
void forEachField(Model& model, const TableRow& row, Errors& errors, const std::function<void(ApiField&, const Api&)>& apply);
/// The same for definitions (`core.v1.Container`).
void forEachDefinition(Model& model, const TableRow& row, Errors& errors, const std::function<void(ApiDefinition&, const Api&)>& apply);

/// `FIELD: value...`: the strings that the server accepts. `value@1.35` exists since that version.
void applyEnums(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `FIELD: value`: what the server fills in.
void applyDefaults(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `FIELD: low high` or `FIELD: low` without an upper bound.
void applyRanges(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `FIELD: Kind`: the string names an object of that kind.
void applyReferences(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `DEFINITION: field...`; the documentation of some fields states it as well.
void applyImmutable(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `DEFINITION: field...`; the status of every kind is one without a row.
void applyServerOnly(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `DEFINITION: field...`; an integer named like one (`timeoutSeconds`) that has no row is an error.
void applySeconds(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `DEFINITION: at-most-one|exactly-one alternative... [by field value[=member]...]`, an alternative being `member` or `member+member...`.
/// Groups with an alternative of the second form become exclusions.
/// What the schema marks as a union and has no row is an error.
void applyOneOfs(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `cluster-scoped: group/Kind...`, `not-creatable: ...`, `plural: group/Kind=name...`; the core group is written `core`.
void applyKinds(Model& model, std::span<const TableRow> rows, Errors& errors);
/// `apiVersion Kind...: [deprecated 1.N] [removed 1.N] [use apiVersion [Kind]]`
void applyLifecycle(Model& model, std::span<const TableRow> rows, Errors& errors);
/// Deprecations of fields, from their documentation.
void applyDeprecations(Model& model);

}  // namespace kdsl::kubernetes::packgen
