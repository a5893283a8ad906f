package main

import rego.v1

deny contains sprintf("%s: no NetworkPolicy says what %s it may have", [named(workload), direction]) if {
	some workload in workloads
	some direction in ["Ingress", "Egress"]
	not governed(workload, direction)
}

governed(workload, direction) if {
	some policy in input.items
	policy.kind == "NetworkPolicy"
	direction in object.get(policy.spec, "policyTypes", ["Ingress"])
	selects(object.get(policy.spec, "podSelector", {}), pod_labels(workload))
}

deny contains sprintf("NetworkPolicy %s: opens everything to everybody (%s)", [policy.metadata.name, field]) if {
	some policy in input.items
	policy.kind == "NetworkPolicy"
	some field in ["ingress", "egress"]
	some rule in object.get(policy.spec, field, [])
	count(rule) == 0
}

selects(selector, labels) if {
	every name, value in object.get(selector, "matchLabels", {}) {
		labels[name] == value
	}
	every expression in object.get(selector, "matchExpressions", []) {
		matches(expression, labels)
	}
}

matches(expression, labels) if {
	expression.operator == "In"
	labels[expression.key] in expression.values
}

matches(expression, labels) if {
	expression.operator == "NotIn"
	not object.get(labels, expression.key, null) in expression.values
}

matches(expression, labels) if {
	expression.operator == "Exists"
	labels[expression.key]
}

matches(expression, labels) if {
	expression.operator == "DoesNotExist"
	not labels[expression.key]
}
