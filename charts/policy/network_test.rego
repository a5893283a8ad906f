package main

import rego.v1

policy_with(patch) := denied([deployment(good_pod), json.patch(good_policy, patch)])

test_every_workload_has_a_policy if {
	denied([deployment(good_pod)]) == {
		"Deployment ws-edge: no NetworkPolicy says what Ingress it may have",
		"Deployment ws-edge: no NetworkPolicy says what Egress it may have",
	}
}

test_both_directions_count if {
	policy_with([{"op": "replace", "path": "/spec/policyTypes", "value": ["Ingress"]}]) == {"Deployment ws-edge: no NetworkPolicy says what Egress it may have"}
}

test_a_policy_of_other_pods_does_not_count if {
	count(policy_with([{"op": "replace", "path": "/spec/podSelector", "value": {"matchLabels": {"app.kubernetes.io/name": "other"}}}])) == 2
	count(policy_with([{"op": "replace", "path": "/spec/podSelector", "value": {"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "NotIn", "values": ["ws-edge"]}]}}])) == 2
}

test_selectors_are_understood if {
	every selector in [
		{},
		{"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "In", "values": ["a", "ws-edge"]}]},
		{"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "Exists"}]},
		{"matchExpressions": [{"key": "job-name", "operator": "DoesNotExist"}]},
	] {
		policy_with([{"op": "replace", "path": "/spec/podSelector", "value": selector}]) == set()
	}
}

test_an_open_policy_is_refused if {
	policy_with([{"op": "add", "path": "/spec/egress", "value": [{}]}]) == {"NetworkPolicy ws-edge: opens everything to everybody (egress)"}
}
