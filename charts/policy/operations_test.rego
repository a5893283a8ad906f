package main

import rego.v1

test_requests_and_a_limit_of_memory_are_needed if {
	denied_container([{"op": "remove", "path": "/resources/requests/cpu"}]) == in_ws_edge("requests no cpu")
	denied_container([{"op": "remove", "path": "/resources/limits"}]) == in_ws_edge("has no limit of memory")
	denied_container([{"op": "remove", "path": "/resources"}]) == (in_ws_edge("requests no cpu") | in_ws_edge("requests no memory")) | in_ws_edge("has no limit of memory")
}

test_probes_are_needed_where_a_pod_lasts if {
	denied_container([{"op": "remove", "path": "/readinessProbe"}]) == in_ws_edge("has no readinessProbe")
	job := object.union(deployment(object.union(good_pod, {"containers": [json.remove(good_container, ["livenessProbe", "readinessProbe"])]})), {"kind": "Job"})
	denied([job, good_policy]) == set()
}

test_liveness_is_not_readiness if {
	denied_container([{"op": "replace", "path": "/livenessProbe/httpGet/path", "value": "/api/v1/ready"}]) == in_ws_edge("livenessProbe and readinessProbe are the same")
}

test_images_have_a_fixed_version if {
	every image in ["redis", "redis:latest", "registry:5000/redis", "registry.example/redis:"] {
		denied_container([{"op": "replace", "path": "/image", "value": image}]) == in_ws_edge(sprintf("%s names no fixed version", [image]))
	}
	every image in ["redis:7.4", "registry:5000/redis:7", "redis@sha256:0a"] {
		denied_container([{"op": "replace", "path": "/image", "value": image}]) == set()
	}
}

test_the_drain_fits_into_the_grace_period if {
	late := in_ws_edge("terminationGracePeriodSeconds 44 is shorter than the drain (5 s before SIGTERM, 40 s after)")
	denied_pod([{"op": "replace", "path": "/terminationGracePeriodSeconds", "value": 44}]) == late
}

test_the_drain_may_stand_in_a_config_map if {
	map := {"kind": "ConfigMap", "metadata": {"name": "m"}, "data": {"EVEYS_OCPP_DRAIN_TIMEOUT_S": "50"}}
	container := json.patch(good_container, [{"op": "remove", "path": "/env"}, {"op": "add", "path": "/envFrom", "value": [{"configMapRef": {"name": "m"}}]}])
	late := in_ws_edge("terminationGracePeriodSeconds 45 is shorter than the drain (5 s before SIGTERM, 50 s after)")
	denied([map, deployment(object.union(good_pod, {"containers": [container]})), good_policy]) == late
}

test_without_a_setting_the_drain_takes_its_default if {
	container := json.patch(good_container, [{"op": "remove", "path": "/env"}])
	pod := object.union(good_pod, {"containers": [container], "terminationGracePeriodSeconds": 34})
	late := in_ws_edge("terminationGracePeriodSeconds 34 is shorter than the drain (5 s before SIGTERM, 30 s after)")
	denied([deployment(pod), good_policy]) == late
}
