#pragma once
// Rules of the API server that take more than the fields of one definition: one function a subject.
#include "graph/findings.hpp"
#include "graph/pods.hpp"

namespace kdsl::graph {

/// The life of the object's API version.
void checkLifecycle(const Object& object, const kubernetes::SchemaPack& pack, Findings& findings);
/// Containers, their names, ports, mounts and probes, against the pod that they run in.
void checkPod(const Object& object, const PodTemplate& pod, Findings& findings);
/// Labels of nodes and annotations that are outdated.
void checkOldNames(const PodTemplate& pod, Findings& findings);
/// Requests, limits and the names of resources of one container.
void checkResources(const Node& container, Findings& findings);
/// Probes of one container. `isInit`: it ends before the others start.
void checkProbes(const Node& container, bool isInit, Findings& findings);
/// Deployments, jobs and the like: restart policies and rollouts.
void checkWorkload(const Object& object, const PodTemplate& pod, Findings& findings);
/// Types of Services, their ports and addresses.
void checkService(const Object& object, Findings& findings);
/// ConfigMaps and Secrets: keys, sizes, what a type of Secret has.
void checkData(const Object& object, Findings& findings);
/// The size of an object's annotations.
void checkAnnotations(const Object& object, Findings& findings);
/// Claims of storage.
void checkClaim(const Object& object, Findings& findings);
/// Roles and their bindings.
void checkAccess(const Object& object, Findings& findings);
/// Ingresses and network policies.
void checkNetwork(const Object& object, Findings& findings);

}  // namespace kdsl::graph
