// Kinds of the Kubernetes API and their parts as types.
#include <gtest/gtest.h>

#include "program.hpp"

namespace kdsl::sema::test {
namespace {

using Lines = std::vector<std::string>;

TEST(Kubernetes, KindsHaveTheirFields) {
  EXPECT_EQ(check("resource d = Deployment { metadata.name: \"a\", spec: { replicas: 2, selector.matchLabels: { a: \"b\" }, template.spec.containers.web.image: \"x\" } }"), Lines{});
  EXPECT_EQ(check("resource d = Deployment { spec.replcas: 2 }"), Lines{"1:32 KD4107 unknown field `replcas` in `DeploymentSpec`"});
  EXPECT_EQ(check("resource d = Deployment { spec.replicas: \"2\" }"), Lines{"1:42 KD4002 `replicas` wants `int(0..)`, not the text \"2\""});
  EXPECT_EQ(check("resource d = Deployment { status: {} }"), Lines{"1:27 KD4108 only the cluster sets `status`"});
}

TEST(Kubernetes, EnumsRangesAndUnits) {
  EXPECT_EQ(check("let c = Container { imagePullPolicy: \"Allways\" }"), Lines{"1:38 KD4003 `imagePullPolicy`: the text \"Allways\" is none of \"Always\", \"IfNotPresent\", \"Never\""});
  EXPECT_EQ(check("let c = Container { ports: [{ containerPort: 70000 }] }").size(), 1u);
  EXPECT_EQ(check("let p = PodSpec { terminationGracePeriodSeconds: 1m }\nparam d: Duration = 30s\nlet q = PodSpec { terminationGracePeriodSeconds: d }"), Lines{});
  EXPECT_EQ(check("let c = Container { resources.limits: { memory: 512Mi, cpu: 500m } }"), Lines{});
  EXPECT_EQ(check("let s = ServicePort { port: 80, targetPort: \"http\" }\nlet t = ServicePort { port: 80, targetPort: 8080 }"), Lines{});
}

TEST(Kubernetes, UnsetFieldsReadAsTheServerSeesThem) {
  Files files;
  files.add("main.kdsl",
            "param d: ref Deployment\n"
            "let replicas = d.spec.replicas\n"
            "let labels = d.metadata.labels\n"
            "let limits = d.spec.template.spec.containers.web.resources?.limits.memory?\n"
            "let context = d.spec.template.spec.securityContext\n"
            "let network = d.spec.template.spec.hostNetwork");
  EXPECT_EQ(files.diagnostics("main.kdsl"), Lines{});
  EXPECT_EQ(files.memberType("main.kdsl", "replicas"), "int(0..)");
  EXPECT_EQ(files.memberType("main.kdsl", "labels"), "{[string]: string}");
  EXPECT_EQ(files.memberType("main.kdsl", "limits"), "bool");
  EXPECT_EQ(files.memberType("main.kdsl", "context"), "PodSecurityContext?");
  EXPECT_EQ(files.memberType("main.kdsl", "network"), "bool");
}

TEST(Kubernetes, AbsentInputsMayMeetOptionalFields) {
  EXPECT_EQ(check("param args: [string]?\nparam n: int?\nlet c = Container { args }\nlet d = DeploymentSpec { replicas: n }"), Lines{});
  EXPECT_EQ(check("param n: string?\nlet c = Container { name: n }"), Lines{"2:27 KD4001 `n` may be absent, and `name` wants text"});
}

TEST(Kubernetes, ObjectsStandForTheirNames) {
  EXPECT_EQ(check("resource account = ServiceAccount { metadata.name: \"a\" }\nlet p = PodSpec { serviceAccountName: account }"), Lines{});
  EXPECT_EQ(check("resource d = Deployment { metadata.name: \"a\" }\nlet h = HorizontalPodAutoscalerSpec { maxReplicas: 3, scaleTargetRef: d }"), Lines{});
  EXPECT_EQ(check("resource s = Service { metadata.name: \"a\" }\nlet b = IngressBackend { service: { name: s, port.number: 80 } }"), Lines{});
  EXPECT_EQ(check("resource s = Service { metadata.name: \"a\" }\nlet p = PodSpec { serviceAccountName: s }"), Lines{"2:39 KD4002 `serviceAccountName` wants text, not `s`, a `Service`"});
}

TEST(Kubernetes, GroupsAreImported) {
  EXPECT_EQ(check("import \"k8s/apps/v1\" as apps\nresource d = apps.Deployment { metadata.name: \"a\" }"), Lines{});
  EXPECT_EQ(check("import { Deployment as D } from \"k8s/apps/v1\"\nresource d = D { metadata.name: \"a\" }"), Lines{});
  EXPECT_EQ(check("import { Deploymnt } from \"k8s/apps/v1\"\nresource d = Deploymnt {}"), Lines{"1:10 KD3003 `apps/v1` has no `Deploymnt`"});
  EXPECT_EQ(check("import \"k8s/apps/v9\" as apps"), Lines{"1:8 KD3018 Kubernetes 1.37 has no API `k8s/apps/v9`"});
}

TEST(Kubernetes, BranchesThatTheVersionRulesOut) {
  EXPECT_EQ(check("let x = if (kubernetes.minor >= 1) 1 else 2 + \"a\""), Lines{});
  EXPECT_EQ(check("let x = if (kubernetes.minor < 1) { a: 1 + \"b\" } else { a: 2 }"), Lines{});
  EXPECT_EQ(check("let x = if (kubernetes.minor >= 1) 1 else nope"), Lines{"1:43 KD3001 there is no `nope` here"});
}

TEST(Kubernetes, ResourcesAreObjects) {
  EXPECT_EQ(check("resource x = 3"), Lines{"1:14 KD4101 `x` is no resource: an int"});
  EXPECT_EQ(check("resource x = { for (n in [\"a\"]) [n]: ConfigMap { metadata.name: n } }"), Lines{});
  EXPECT_EQ(check("resource x = Container { name: \"a\" }"), Lines{"1:14 KD4101 `x` is no resource: a `Container`"});
  EXPECT_EQ(check("external tls = Secret { metadata.name: \"tls\" }\nlet x = tls.metadata.name"), Lines{});
}

TEST(Kubernetes, EachGoesOverWhatIsBelow) {
  EXPECT_EQ(check("resource d = Deployment { metadata.name: \"a\" }\neach Deployment where (self.spec.replicas > 1) { spec.replicas: 3 }\neach Container { imagePullPolicy: \"Always\" }\neach Namespaced { metadata.namespace: \"x\" }\neach Deployment: absent"), Lines{});
  EXPECT_EQ(check("resource d = ConfigMap { metadata.name: \"a\" }\neach Container { image: \"x\" }"), Lines{"2:6 KD4110 there is no `Container` below this place"});
  EXPECT_EQ(check("resource d = Deployment { metadata.name: \"a\" }\neach Container { imge: \"x\" }"), Lines{"2:18 KD4107 unknown field `imge` in `Container`"});
  EXPECT_EQ(check("resource d = Deployment { metadata.name: \"a\" }\neach string { }"), Lines{"2:6 KD4111 `each` goes over kinds, parts, schemas and components, not `string`"});
}

TEST(Kubernetes, OneOfGroupsOfTheApi) {
  EXPECT_EQ(check("let v = Volume { name: \"a\", emptyDir: {}, secret: { secretName: \"b\" } }").size(), 1u);
  EXPECT_EQ(check("let s = DeploymentStrategy { type: \"Recreate\", rollingUpdate.maxSurge: 1 }"), Lines{"1:48 KD4114 `type: \"Recreate\"` excludes `rollingUpdate`"});
}

TEST(Kubernetes, Policies) {
  EXPECT_EQ(check("param stage: string = \"prod\"\n"
                  "policy Available {\n"
                  "  each Deployment where (stage == \"prod\" && self.spec.replicas > 1) {\n"
                  "    check budget: all(PodDisruptionBudget).any(b => b.spec.selector?.matchLabels == self.spec.selector.matchLabels) else \"`${self.metadata.name}` has none\"\n"
                  "  }\n"
                  "  each Container { let security = self.securityContext, final check drop: \"ALL\" in (security?.capabilities?.drop ?? []) else \"no\" }\n"
                  "}"),
            Lines{});
}

}  // namespace
}  // namespace kdsl::sema::test
