package main

import rego.v1

deny contains sprintf("%s: runAsNonRoot is not true", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	not secured(workload, container, "runAsNonRoot", true)
}

deny contains sprintf("%s: runs as the user 0", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	secured(workload, container, "runAsUser", 0)
}

deny contains sprintf("%s: seccompProfile is not RuntimeDefault", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	not secured(workload, container, "seccompProfile", {"type": "RuntimeDefault"})
}

deny contains sprintf("%s: readOnlyRootFilesystem is not true", [in_container(workload, container)]) if {
	some workload in workloads
	not trial_engine(workload)
	some container in containers(workload)
	not object.get(container, ["securityContext", "readOnlyRootFilesystem"], false) == true
}

deny contains sprintf("%s: allowPrivilegeEscalation is not false", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	not object.get(container, ["securityContext", "allowPrivilegeEscalation"], true) == false
}

deny contains sprintf("%s: is privileged", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	object.get(container, ["securityContext", "privileged"], false) == true
}

deny contains sprintf("%s: does not drop all capabilities", [in_container(workload, container)]) if {
	some workload in workloads
	some container in containers(workload)
	not "ALL" in object.get(container, ["securityContext", "capabilities", "drop"], [])
}

deny contains sprintf("%s: adds the capability %s", [in_container(workload, container), capability]) if {
	some workload in workloads
	some container in containers(workload)
	some capability in object.get(container, ["securityContext", "capabilities", "add"], [])
}

deny contains sprintf("%s: uses %s", [named(workload), field]) if {
	some workload in workloads
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	object.get(pod_spec(workload), field, false) == true
}

deny contains sprintf("%s: mounts the host's %s", [named(workload), volume.hostPath.path]) if {
	some workload in workloads
	some volume in object.get(pod_spec(workload), "volumes", [])
	volume.hostPath
}

deny contains sprintf("%s: takes the host's port %d", [in_container(workload, container), port.hostPort]) if {
	some workload in workloads
	some container in containers(workload)
	some port in object.get(container, "ports", [])
	port.hostPort
}

# No part of the gateway talks to the API server.
deny contains sprintf("%s: automountServiceAccountToken is not false", [named(workload)]) if {
	some workload in workloads
	not object.get(pod_spec(workload), "automountServiceAccountToken", true) == false
}

deny contains sprintf("%s: %s is in clear, and belongs into a Secret", [in_container(workload, container), variable.name]) if {
	some workload in workloads
	not trial_engine(workload)
	some container in containers(workload)
	some variable in object.get(container, "env", [])
	is_secret(variable.name)
	variable.value != ""
}

deny contains sprintf("ConfigMap %s: %s is in clear, and belongs into a Secret", [item.metadata.name, name]) if {
	some item in input.items
	item.kind == "ConfigMap"
	some name, value in object.get(item, "data", {})
	is_secret(name)
	value != ""
}

is_secret(name) if regex.match(`(TOKENS?|SECRET|PASSWORD)$`, name)

# The container's own setting, or the pod's where it has none.
secured(workload, container, field, wanted) if {
	object.get(container, ["securityContext", field], object.get(pod_spec(workload), ["securityContext", field], null)) == wanted
}
