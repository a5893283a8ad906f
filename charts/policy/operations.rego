package main

import rego.v1

lasting_kinds := {"Deployment", "StatefulSet", "DaemonSet"}

deny contains sprintf("%s: requests no %s", [in_container(workload, container), resource]) if {
	some workload in workloads
	some container in containers(workload)
	some resource in ["cpu", "memory"]
	not container.resources.requests[resource]
}

# Only memory: a limit of CPU stops the event loop in the middle of messages, while the node may have CPU to spare.
deny contains sprintf("%s: has no limit of memory", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	not container.resources.limits.memory
}

deny contains sprintf("%s: has no %s", [in_container(workload, container), probe]) if {
	some workload in workloads
	workload.kind in lasting_kinds
	some container in object.get(pod_spec(workload), "containers", [])
	some probe in ["livenessProbe", "readinessProbe"]
	not container[probe]
}

# With the same probe a pod that cannot serve for a while would be killed as well as taken out.
deny contains sprintf("%s: livenessProbe and readinessProbe are the same", [in_container(workload, container)]) if {
	some workload in workloads
	workload.kind in lasting_kinds
	some container in object.get(pod_spec(workload), "containers", [])
	gateway_image(container.image)
	object.get(container.livenessProbe, "httpGet", 1) == object.get(container.readinessProbe, "httpGet", 2)
}

deny contains sprintf("%s: %s names no fixed version", [in_container(workload, container), container.image]) if {
	some workload in workloads
	some container in containers(workload)
	not fixed_version(container.image)
}

fixed_version(image) if contains(image, "@sha256:")

# A colon before a slash is a registry's port.
fixed_version(image) if {
	name := regex.replace(image, `^.*/`, "")
	[_, tag] := split(name, ":")
	not tag in {"", "latest"}
}

# Pods are killed at the end of the grace period: what they drain must fit, with the time before SIGTERM.
deny contains sprintf(
	"%s: terminationGracePeriodSeconds %d is shorter than the drain (%d s before SIGTERM, %d s after)",
	[in_container(workload, container), grace, before, after],
) if {
	some workload in workloads
	workload.kind in lasting_kinds
	some container in object.get(pod_spec(workload), "containers", [])
	gateway_image(container.image)
	grace := object.get(pod_spec(workload), "terminationGracePeriodSeconds", 30)
	before := object.get(container, ["lifecycle", "preStop", "sleep", "seconds"], 0)
	after := drain_seconds(container)
	grace < before + after
}

gateway_image(image) if regex.match(`(^|/)(ws-edge|command-api|clickhouse-ingestor|webhook-dispatcher)[:@]`, image)

default_drain_seconds := 30

drain_seconds(container) := max(drains(container)) if count(drains(container)) > 0

drain_seconds(container) := default_drain_seconds if count(drains(container)) == 0

drains(container) := {to_number(variable.value) |
	some variable in object.get(container, "env", [])
	variable.name == "EVEYS_OCPP_DRAIN_TIMEOUT_S"
	variable.value != ""
} | {to_number(value) |
	some source in object.get(container, "envFrom", [])
	some item in input.items
	item.kind == "ConfigMap"
	item.metadata.name == source.configMapRef.name
	value := item.data.EVEYS_OCPP_DRAIN_TIMEOUT_S
	value != ""
}
