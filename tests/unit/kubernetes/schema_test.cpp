// What the packs say of well-known fields.
#include "kubernetes/schema.hpp"

#include "packs.hpp"

namespace kdsl::kubernetes::testing {

namespace {

using Strings = std::vector<std::string>;

TypeDesc typeOf(std::string_view definition, std::string_view field) { return fieldOf(definition, field).type(); }

std::string referenced(TypeDesc type) {
  return type.tag() == TypeTag::Definition ? std::string(SchemaPack::forMinor(36)->definition(type.definition()).name()) : "no definition";
}

}  // namespace

TEST(Schema, ScalarTypes) {
  EXPECT_EQ(typeOf("DeploymentSpec", "paused").tag(), TypeTag::Bool);
  EXPECT_EQ(typeOf("DeploymentSpec", "replicas").tag(), TypeTag::Int32);
  EXPECT_EQ(typeOf("PodSpec", "terminationGracePeriodSeconds").tag(), TypeTag::Int64);
  EXPECT_EQ(typeOf("JSONSchemaProps", "maximum").tag(), TypeTag::Float);
  EXPECT_EQ(typeOf("Container", "image").tag(), TypeTag::String);
  EXPECT_EQ(typeOf("WebhookClientConfig", "caBundle").tag(), TypeTag::Bytes);
}

TEST(Schema, WrappersAreResolvedToTags) {
  EXPECT_EQ(typeOf("ObjectMeta", "creationTimestamp").tag(), TypeTag::Time);
  EXPECT_EQ(typeOf("LeaseSpec", "renewTime").tag(), TypeTag::MicroTime);
  EXPECT_EQ(typeOf("EmptyDirVolumeSource", "sizeLimit").tag(), TypeTag::Quantity);
  EXPECT_EQ(typeOf("HTTPGetAction", "port").tag(), TypeTag::IntOrString);
  EXPECT_EQ(typeOf("ControllerRevision", "data").tag(), TypeTag::Json);
  EXPECT_EQ(typeOf("JSONSchemaProps", "items").tag(), TypeTag::Json);
  EXPECT_FALSE(SchemaPack::newest().find("io.k8s.apimachinery.pkg.api.resource.Quantity"));
}

TEST(Schema, ListsAndMaps) {
  const TypeDesc limits = typeOf("ResourceRequirements", "limits");
  ASSERT_EQ(limits.tag(), TypeTag::Map);
  EXPECT_EQ(limits.element().tag(), TypeTag::Quantity);

  const TypeDesc containers = typeOf("PodSpec", "containers");
  ASSERT_EQ(containers.tag(), TypeTag::List);
  EXPECT_EQ(referenced(containers.element()), "io.k8s.api.core.v1.Container");

  const TypeDesc extra = typeOf("SubjectAccessReviewSpec", "extra");
  ASSERT_EQ(extra.tag(), TypeTag::Map);
  ASSERT_EQ(extra.element().tag(), TypeTag::List);
  EXPECT_EQ(extra.innermost(), TypeDesc::scalar(TypeTag::String));
}

TEST(Schema, DefinitionsKnowTheirPlace) {
  const Definition spec = named("DeploymentSpec");
  EXPECT_EQ(spec.name(), "io.k8s.api.apps.v1.DeploymentSpec");
  EXPECT_EQ(spec.shortName(), "DeploymentSpec");
  EXPECT_EQ(spec.group(), "apps");
  EXPECT_EQ(spec.version(), "v1");
  EXPECT_EQ(spec.apiVersion(), "apps/v1");
  EXPECT_FALSE(spec.isKind());
  EXPECT_TRUE(spec.doc().starts_with("DeploymentSpec is the specification"));
  EXPECT_EQ(named("IngressSpec").group(), "networking.k8s.io");
  EXPECT_EQ(named("PodSpec").apiVersion(), "v1");
}

TEST(Schema, Kinds) {
  const Definition deployment = named("Deployment");
  EXPECT_TRUE(deployment.isKind());
  EXPECT_TRUE(deployment.isCreatable());
  EXPECT_TRUE(deployment.isNamespaced());
  EXPECT_EQ(deployment.plural(), "deployments");
  EXPECT_EQ(named("NetworkPolicy").plural(), "networkpolicies");
  EXPECT_EQ(named("Ingress").plural(), "ingresses");
  EXPECT_EQ(named("Endpoints").plural(), "endpoints");
  EXPECT_FALSE(named("Namespace").isNamespaced());
  EXPECT_TRUE(named("DeploymentList").isListKind());
  EXPECT_FALSE(named("DeploymentList").isCreatable());
  EXPECT_FALSE(named("Scale").isCreatable());
  EXPECT_FALSE(named("DeleteOptions").isKind());
}

TEST(Schema, FieldsAreOrderedAndFound) {
  const Definition container = named("Container");
  for (size_t i = 1; i < container.fields().size(); ++i) EXPECT_LT(container.fields()[i - 1].name(), container.fields()[i].name());
  for (size_t i = 0; i < container.fields().size(); ++i) EXPECT_EQ(container.fieldIndex(container.fields()[i].name()), i);
  EXPECT_FALSE(container.field("Image"));
  EXPECT_FALSE(container.field(""));
  EXPECT_FALSE(container.field("zzz"));
}

TEST(Schema, RequiredAndDocumented) {
  EXPECT_TRUE(fieldOf("DeploymentSpec", "selector").isRequired());
  EXPECT_FALSE(fieldOf("DeploymentSpec", "replicas").isRequired());
  EXPECT_TRUE(fieldOf("DeploymentSpec", "replicas").doc().starts_with("Number of desired pods."));
  EXPECT_TRUE(fieldOf("DeploymentSpec", "strategy").doc().starts_with("The deployment strategy")) << "the text beside a reference";
}

TEST(Schema, ListKindsAndKeys) {
  EXPECT_EQ(fieldOf("PodSpec", "containers").listKind(), ListKind::Map);
  EXPECT_EQ(strings(fieldOf("PodSpec", "containers").listKeys()), Strings({"name"}));
  EXPECT_EQ(strings(fieldOf("Container", "ports").listKeys()), Strings({"containerPort", "protocol"}));
  EXPECT_EQ(strings(fieldOf("ServiceSpec", "ports").listKeys()), Strings({"port", "protocol"}));
  EXPECT_EQ(fieldOf("Container", "args").listKind(), ListKind::Atomic);
  EXPECT_TRUE(fieldOf("Container", "args").listKeys().empty());
  EXPECT_EQ(fieldOf("ObjectMeta", "finalizers").listKind(), ListKind::Set);
  EXPECT_EQ(fieldOf("DeploymentList", "items").listKind(), ListKind::Unmarked);
  EXPECT_EQ(fieldOf("Container", "image").listKind(), ListKind::NotAList);
}

TEST(Schema, AtomicStructsAndMaps) {
  EXPECT_TRUE(named("LabelSelector").isAtomic());
  EXPECT_TRUE(fieldOf("DeploymentSpec", "selector").isAtomic()) << "by its type";
  EXPECT_TRUE(fieldOf("ServiceSpec", "selector").isAtomic()) << "by the field";
  EXPECT_FALSE(fieldOf("ObjectMeta", "labels").isAtomic());
  EXPECT_FALSE(fieldOf("DeploymentSpec", "strategy").isAtomic());
}

TEST(Schema, Enums) {
  EXPECT_EQ(strings(fieldOf("Container", "imagePullPolicy").enumValues()), Strings({"Always", "IfNotPresent", "Never"}));
  EXPECT_EQ(strings(fieldOf("PersistentVolumeClaimSpec", "accessModes").enumValues()).size(), 4u) << "of a list's elements";
  EXPECT_EQ(strings(fieldOf("HostPathVolumeSource", "type").enumValues())[0], "");
  EXPECT_TRUE(fieldOf("Container", "image").enumValues().empty());
}

TEST(Schema, EnumValuesHaveAFirstVersion) {
  EXPECT_EQ(strings(fieldOf("Toleration", "operator", 34).enumValues()), Strings({"Equal", "Exists"}));
  EXPECT_EQ(strings(fieldOf("Toleration", "operator", 35).enumValues()), Strings({"Equal", "Exists", "Gt", "Lt"}));
}

TEST(Schema, Defaults) {
  const auto replicas = fieldOf("DeploymentSpec", "replicas").defaultValue();
  ASSERT_TRUE(replicas);
  EXPECT_EQ(replicas->kind, DefaultValue::Kind::Int);
  EXPECT_EQ(replicas->integer, 1);
  const auto surge = fieldOf("RollingUpdateDeployment", "maxSurge").defaultValue();
  ASSERT_TRUE(surge);
  EXPECT_EQ(surge->kind, DefaultValue::Kind::String);
  EXPECT_EQ(surge->string, "25%");
  const auto links = fieldOf("PodSpec", "enableServiceLinks").defaultValue();
  ASSERT_TRUE(links);
  EXPECT_EQ(links->kind, DefaultValue::Kind::Bool);
  EXPECT_TRUE(links->boolean);
  const auto mode = fieldOf("SecretVolumeSource", "defaultMode").defaultValue();
  ASSERT_TRUE(mode);
  EXPECT_EQ(mode->integer, 0644);
  EXPECT_FALSE(fieldOf("Container", "imagePullPolicy").defaultValue()) << "depends on the image's tag";
}

TEST(Schema, Ranges) {
  const auto port = fieldOf("ContainerPort", "containerPort").range();
  ASSERT_TRUE(port);
  EXPECT_EQ(port->low, 1);
  EXPECT_EQ(port->high, 65535);
  const auto value = fieldOf("PriorityClass", "value").range();
  ASSERT_TRUE(value);
  EXPECT_EQ(value->low, -2147483648LL);
  const auto expiration = fieldOf("ServiceAccountTokenProjection", "expirationSeconds").range();
  ASSERT_TRUE(expiration);
  EXPECT_EQ(expiration->high, int64_t{1} << 32);
  EXPECT_FALSE(fieldOf("Container", "image").range());
}

TEST(Schema, Deprecations) {
  const Field account = fieldOf("PodSpec", "serviceAccount");
  EXPECT_TRUE(account.isDeprecated());
  EXPECT_EQ(account.replacement(), "serviceAccountName");
  EXPECT_EQ(account.deprecation(), "Use serviceAccountName instead.");
  EXPECT_TRUE(fieldOf("Volume", "gitRepo").isDeprecated());
  EXPECT_EQ(fieldOf("Volume", "gitRepo").replacement(), "");
  EXPECT_FALSE(fieldOf("PersistentVolumeSpec", "persistentVolumeReclaimPolicy").isDeprecated()) << "one of its values is";
  EXPECT_FALSE(fieldOf("IngressSpec", "ingressClassName").isDeprecated()) << "an annotation is";
  EXPECT_FALSE(fieldOf("CustomResourceDefinitionVersion", "deprecated").isDeprecated());
}

TEST(Schema, Flags) {
  EXPECT_TRUE(fieldOf("Deployment", "status").isServerOnly());
  EXPECT_TRUE(fieldOf("ObjectMeta", "uid").isServerOnly());
  EXPECT_FALSE(fieldOf("ObjectMeta", "name").isServerOnly());
  EXPECT_TRUE(fieldOf("Probe", "periodSeconds").isSeconds());
  EXPECT_TRUE(fieldOf("SleepAction", "seconds").isSeconds());
  EXPECT_FALSE(fieldOf("Probe", "failureThreshold").isSeconds());
  EXPECT_TRUE(fieldOf("DeploymentSpec", "selector").isImmutable());
  EXPECT_FALSE(fieldOf("DeploymentSpec", "replicas").isImmutable());
}

TEST(Schema, References) {
  EXPECT_EQ(fieldOf("PodSpec", "serviceAccountName").referencedKind(), "ServiceAccount");
  EXPECT_EQ(fieldOf("SecretKeySelector", "name").referencedKind(), "Secret");
  EXPECT_EQ(fieldOf("PodSpec", "imagePullSecrets").referencedKind(), "Secret");
  EXPECT_EQ(fieldOf("PodSpec", "hostname").referencedKind(), "");
}

TEST(OneOf, ProbeHandlersAreRequired) {
  const Definition probe = named("Probe");
  ASSERT_EQ(probe.oneOfGroups().size(), 1u);
  const OneOfGroup group = probe.oneOfGroups()[0];
  EXPECT_TRUE(group.isRequired());
  EXPECT_EQ(group.memberCount(), 4u);
  EXPECT_FALSE(group.discriminatorField());
  EXPECT_EQ(fieldOf("Probe", "httpGet").oneOfGroup(), 0u);
  EXPECT_FALSE(fieldOf("Probe", "periodSeconds").oneOfGroup());
}

TEST(OneOf, EveryVolumeSourceIsAMember) {
  const Definition volume = named("Volume", 37);
  const OneOfGroup group = volume.oneOfGroups()[0];
  EXPECT_FALSE(group.isRequired());
  EXPECT_EQ(group.memberCount(), volume.fields().size() - 1) << "all but the name";
}

TEST(OneOf, DiscriminatedStrategy) {
  const Definition strategy = named("DeploymentStrategy");
  const OneOfGroup group = strategy.oneOfGroups()[0];
  ASSERT_TRUE(group.discriminatorField());
  EXPECT_EQ(strategy.fields()[*group.discriminatorField()].name(), "type");
  ASSERT_EQ(group.caseCount(), 2u);
  EXPECT_EQ(group.caseAt(0).value, "RollingUpdate");
  ASSERT_TRUE(group.caseAt(0).memberField);
  EXPECT_EQ(strategy.fields()[*group.caseAt(0).memberField].name(), "rollingUpdate");
  EXPECT_EQ(group.caseAt(1).value, "Recreate");
  EXPECT_FALSE(group.caseAt(1).memberField);
}

TEST(OneOf, SomeMembersGoTogether) {
  const Definition peer = named("NetworkPolicyPeer");
  EXPECT_TRUE(peer.oneOfGroups().empty());
  EXPECT_FALSE(peer.field("ipBlock")->oneOfGroup());
  ASSERT_EQ(peer.exclusions().size(), 1u);
  const OneOfGroup group = peer.exclusions()[0];
  ASSERT_EQ(group.memberCount(), 3u);
  EXPECT_EQ(group.member(0).name(), "ipBlock");
  EXPECT_EQ(group.alternative(1), group.alternative(2));
  EXPECT_NE(group.alternative(0), group.alternative(1));
}

TEST(OneOf, MembersFollowTheVersion) {
  EXPECT_FALSE(named("EnvVarSource", 32).field("fileKeyRef"));
  EXPECT_EQ(named("EnvVarSource", 32).oneOfGroups()[0].memberCount(), 4u);
  EXPECT_EQ(named("EnvVarSource", 36).oneOfGroups()[0].memberCount(), 5u);
}

TEST(OneOf, DiscriminatorsNameTheirOwnEnumValues) {
  for (const int32_t minor : SchemaPack::minors()) {
    const SchemaPack& pack = *SchemaPack::forMinor(minor);
    for (uint32_t id = 0; id < SchemaPack::idLimit(); ++id) {
      if (!pack.has(DefId{id})) continue;
      const Definition definition = pack.definition(DefId{id});
      for (const OneOfGroup group : definition.oneOfGroups()) {
        if (!group.discriminatorField()) continue;
        const Strings values = strings(definition.fields()[*group.discriminatorField()].enumValues());
        if (values.empty()) continue;
        for (size_t i = 0; i < group.caseCount(); ++i) {
          EXPECT_NE(std::find(values.begin(), values.end(), group.caseAt(i).value), values.end())
              << definition.name() << ": " << group.caseAt(i).value;
        }
      }
    }
  }
}

}  // namespace kdsl::kubernetes::testing
