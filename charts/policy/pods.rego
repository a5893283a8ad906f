# What a workload is, for the policies beside this file. Each gets all manifests of a release at once, as one List.
package main

import rego.v1

workload_kinds := {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"}

workloads := [item | some item in input.items; item.kind in workload_kinds]

pod_spec(workload) := workload.spec if workload.kind == "Pod"

pod_spec(workload) := workload.spec.jobTemplate.spec.template.spec if workload.kind == "CronJob"

pod_spec(workload) := workload.spec.template.spec if not workload.kind in {"Pod", "CronJob"}

pod_labels(workload) := object.get(workload, ["metadata", "labels"], {}) if workload.kind == "Pod"

pod_labels(workload) := object.get(workload, ["spec", "jobTemplate", "spec", "template", "metadata", "labels"], {}) if {
	workload.kind == "CronJob"
}

pod_labels(workload) := object.get(workload, ["spec", "template", "metadata", "labels"], {}) if {
	not workload.kind in {"Pod", "CronJob"}
}

# Init containers too: they run as part of the same pod.
containers(workload) := array.concat(
	object.get(pod_spec(workload), "containers", []),
	object.get(pod_spec(workload), "initContainers", []),
)

# Engines to try the gateway with. Their makers' images write beside their data, and their passwords are in the chart anyway.
trial_engine(workload) if pod_labels(workload)["app.kubernetes.io/component"] == "trial-engine"

named(workload) := sprintf("%s %s", [workload.kind, workload.metadata.name])

in_container(workload, container) := sprintf("%s, container %s", [named(workload), container.name])
