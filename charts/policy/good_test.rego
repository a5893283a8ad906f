# A release that breaks no policy; the tests beside this file each break one thing of it.
package main

import rego.v1

good_container := {
	"name": "ws-edge",
	"image": "registry.example:5000/ocpp-gw/ws-edge:0.1.0",
	"env": [{"name": "EVEYS_OCPP_DRAIN_TIMEOUT_S", "value": "40"}],
	"resources": {"requests": {"cpu": "250m", "memory": "256Mi"}, "limits": {"memory": "512Mi"}},
	"livenessProbe": {"httpGet": {"path": "/api/v1/health", "port": "metrics"}},
	"readinessProbe": {"httpGet": {"path": "/api/v1/ready", "port": "metrics"}},
	"lifecycle": {"preStop": {"sleep": {"seconds": 5}}},
	"securityContext": {
		"allowPrivilegeEscalation": false,
		"readOnlyRootFilesystem": true,
		"capabilities": {"drop": ["ALL"]},
	},
}

good_pod := {
	"automountServiceAccountToken": false,
	"terminationGracePeriodSeconds": 45,
	"securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
	"containers": [good_container],
}

good_labels := {"app.kubernetes.io/name": "ws-edge", "app.kubernetes.io/instance": "r"}

deployment(pod) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "ws-edge"},
	"spec": {"template": {"metadata": {"labels": good_labels}, "spec": pod}},
}

good_policy := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": "ws-edge"},
	"spec": {
		"podSelector": {"matchLabels": {"app.kubernetes.io/name": "ws-edge"}},
		"policyTypes": ["Ingress", "Egress"],
		"ingress": [{"ports": [{"port": 9000}]}],
	},
}

denied(items) := refused if refused := deny with input as {"items": items}

# The release with its pod or its container changed.
denied_pod(patch) := denied([deployment(json.patch(good_pod, patch)), good_policy])

denied_container(patch) := denied([deployment(object.union(good_pod, {"containers": [json.patch(good_container, patch)]})), good_policy])

in_ws_edge(what) := {sprintf("Deployment ws-edge, container ws-edge: %s", [what])}

test_nothing_is_wrong_with_a_good_release if {
	denied([deployment(good_pod), good_policy]) == set()
}
