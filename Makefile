# Each target is one line calling Nx or a tool.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export NX_DAEMON := false
export NX_TUI := false

# KafkaJS sets a timer in the past whenever it is not throttled; Node 24 warns of it.
QUIET := --disable-warning=TimeoutNegativeWarning
RUN := node $(QUIET) --conditions=@ocpp-gw/source
DEV := $(RUN) tools/dev/src/main.ts
COMPOSE := $(RUN) tools/compose/src/main.ts
CHARTS := tools/charts/src/check/main.ts
# Before a command: it talks to the instance that `make up` started, whatever ports that was given.
IN_INSTANCE := env $$($(DEV) settings)
IMAGES := $(RUN) tools/images/src/main.ts
NX := nx run-many --output-style=static

##@ Start here
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: install ## Everything a newcomer needs: engines, services, mock backend, one session of each protocol
	@$(DEV) up

down: ## Stop all that `make up` started
	@if [ -d node_modules/.bin ]; then $(DEV) down; fi

tests: install ## Lint, types, boundaries, drift checks, unit, integration and e2e tests
	@$(DEV) tests

doctor: install ## Check this machine; say what to install
	@$(IN_INSTANCE) $(RUN) tools/data-plane/src/main.ts doctor

doctor-charger: install ## Why a charge point cannot connect or is not Accepted (CP_ID=CP1; GATEWAY=https://…/api/v1 TOKEN=… of another gateway)
	@CP_ID="$(CP_ID)" $(DEV) doctor-charger

get-token: install ## Print just the REST and gRPC token
	@$(DEV) get-token

##@ Code
install: node_modules/.package-lock.json ## Install the packages (Node 24 among them on Linux x64)

# Not `npm ci`: it refuses a lockfile that lacks other platforms' optional binaries. Versions are the lockfile's all the same.
node_modules/.package-lock.json: package-lock.json package.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js (any version from 20) first"; exit 1; }
	npm install --no-save --loglevel=error
	@touch $@

protoc: install ## Generate code from proto/ and the OCPP schemas
	@$(NX) -t generate

grpc-proto: build ## Write gateway.proto, and the table of docs/integration/grpc.md, from the commands and the REST routes
	@node tools/codegen/src/gateway-proto.ts

grpc-proto-check: build ## Say whether they are current
	@node tools/codegen/src/gateway-proto.ts --check

proto-publish: install ## Publish what is new in the .proto files; a change that a client would notice is refused
	@node tools/codegen/src/publish-protos.ts

# To stderr: some commands write what another program reads.
build: install ## Compile every app and library
	@$(NX) -t build >&2

lint: install ## ESLint with the module boundaries
	@$(NX) -t lint

types: install ## Type-check everything, tests included
	@$(NX) -t typecheck

config-export: build ## Write .env.example and the configuration reference from the code
	@node tools/dev/src/config-docs.ts

config-export-check: build ## Say whether they are current
	@node tools/dev/src/config-docs.ts --check

charts-schema: build ## Write value schemas, READMEs and Envoy's configuration of the charts from the code
	@node tools/charts/src/schema.ts

charts-schema-check: build ## Say whether they are current
	@node tools/charts/src/schema.ts --check
observability: install ## Write the rules of the objectives and Grafana's dashboards from the code, and their copies in the charts
	@$(RUN) tools/observability/src/main.ts && $(MAKE) --no-print-directory charts-schema

observability-check: install ## Say whether they are current
	@$(RUN) tools/observability/src/main.ts --check

backend-export: build ## Write the schemas and examples of the backend contract from the code
	@$(RUN) tools/backend-check/src/export-main.ts

backend-export-check: build ## Say whether they are current
	@$(RUN) tools/backend-check/src/export-main.ts --check

backend-check: build ## Run the backend contract against your backend (BASE_URL=http://… TOKEN=… OPTIONAL=cost)
	@$(RUN) tools/backend-check/src/main.ts --base-url "$(BASE_URL)" --token "$(TOKEN)" --optional "$(OPTIONAL)"

openapi-export: build ## Write docs/api and docs/errors.md from the code
	@node tools/dev/src/openapi-docs.ts

openapi-export-check: build ## Say whether they are current
	@node tools/dev/src/openapi-docs.ts --check

swagger: build ## Write Swagger UI and ReDoc into .run/swagger, for any web server (GATEWAY=https://… is what "Execute" calls)
	@node tools/dev/src/swagger-site.ts $(if $(GATEWAY),--gateway "$(GATEWAY)")

swagger-serve: build ## The same, and serve it on this machine (PORT=8090)
	@node tools/dev/src/swagger-site.ts $(if $(GATEWAY),--gateway "$(GATEWAY)") --serve "$(or $(PORT),8090)"

event-catalogue: build ## Write the page of all events from events.proto and the topics
	@$(RUN) tools/dev/src/event-catalogue.ts

schema-docs: build ## Write the page of the tables and views of ClickHouse
	@$(RUN) tools/dev/src/schema-docs.ts

schema-docs-check: build ## Say whether it is current
	@$(RUN) tools/dev/src/schema-docs.ts --check

event-catalogue-check: build ## Say whether it is current
	@$(RUN) tools/dev/src/event-catalogue.ts --check

# Not among the packages of the repository: together they are larger than all that it needs.
openapi-lint: install ## Check docs/api/openapi.json with redocly and spectral, without a warning
	@npx --yes --package=@redocly/cli@2.77.0 redocly lint --config tools/dev/api-lint/redocly.yaml docs/api/openapi.json
	@npx --yes --package=@stoplight/spectral-cli@6.16.3 spectral lint --fail-severity=hint --ruleset tools/dev/api-lint/spectral.yaml docs/api/openapi.json

conformance: build ## Write the conformance matrix from the results of `make tests`
	@$(RUN) tools/conformance/src/main.ts

conformance-check: build ## Say whether it is current
	@$(RUN) tools/conformance/src/main.ts --check

format: install ## Format everything
	@prettier --write --log-level=warn .

##@ Parts
migrate: pg-migrate ch-migrate topics ## Postgres, ClickHouse and Kafka topics

pg-migrate: build ## Apply the Postgres migrations
	@$(IN_INSTANCE) node libs/persistence/dist/migrate.js

ch-migrate: build ## Apply the ClickHouse DDL (ARGS=--print only writes it)
	@$(IN_INSTANCE) node apps/clickhouse-ingestor/dist/migrate.js $(ARGS)

ch-access: build ## Write the ClickHouse statements for a role that reads (ARGS="--role acme --operator ACME" keeps it to charge points with that tag)
	@$(IN_INSTANCE) node apps/clickhouse-ingestor/dist/access.js $(ARGS)

topics: build ## Create the Kafka topics, and give those that exist the declared settings (ARGS=--add-partitions)
	@$(IN_INSTANCE) node $(QUIET) libs/kafka/dist/create-topics.js $(ARGS)

dead-letters: build ## List the dead letters: outbox rows, webhook deliveries and messages of Kafka
	@$(IN_INSTANCE) node libs/persistence/dist/dead-letters.js list && $(IN_INSTANCE) node $(QUIET) libs/kafka/dist/dead-letters.js list

publish-charge-points: build ## Publish cp.station for every registered charge point: once after an upgrade, so that ClickHouse knows them
	@$(IN_INSTANCE) node libs/persistence/dist/publish-charge-points.js

outbox-replay: build ## Deliver refused outbox rows again (ARGS="all", or ids)
	@$(IN_INSTANCE) node libs/persistence/dist/dead-letters.js replay outbox $(ARGS)

webhooks-replay: build ## Send dead webhook deliveries again (ARGS="all", or ids)
	@$(IN_INSTANCE) node libs/persistence/dist/dead-letters.js replay webhooks $(ARGS)

topics-replay: build ## Produce dead letters of consumers again (ARGS="all", or <topic>@<offset>)
	@$(IN_INSTANCE) node $(QUIET) libs/kafka/dist/dead-letters.js replay $(ARGS)

erase-token: build ## Replace a person's id token by a pseudonym (TOKEN=…; ARGS=--apply changes what is only counted without it)
	@as="$${AS:-erased-$$(node -p "require('crypto').randomBytes(6).toString('hex')")}" && \
	$(IN_INSTANCE) node libs/persistence/dist/erase-token.js --token "$(TOKEN)" --as "$$as" $(ARGS) && \
	$(IN_INSTANCE) node apps/clickhouse-ingestor/dist/erase-token.js --token "$(TOKEN)" --as "$$as" $(ARGS)
replay-events: build ## Events from a time on, for a consumer group or as JSON lines (ARGS="--topic tx.ended --since 2026-11-30T10:00 --group mine")
	@$(IN_INSTANCE) node $(QUIET) libs/kafka/dist/replay-events.js $(ARGS)

mock-backend: install ## Run the mock backend in the foreground
	@$(RUN) tools/mock-backend/src/main.ts

simulator: install ## Run the charger simulator (ARGS="--protocol 2.0.1 --sessions 1"; ARGS="--replay cp1.jsonl" replays a recording)
	@$(RUN) tools/charger-sim/src/main.ts --url "$$($(DEV) websocket-url)" $(ARGS)

e2e: install ## Only the end-to-end tests
	@$(NX) -t e2e

api-fuzz: build ## Requests that schemathesis makes from the API description, by every kind of token (ARGS="--examples 50 --seed 7")
	@$(RUN) tools/e2e/src/api-fuzz/main.ts $(ARGS)

faults: install ## The heavier tier: degraded modes, pods behind Envoy, a rolling restart under load
	@$(NX) -t faults

browser: install ## Swagger UI and ReDoc in a real browser (needs Chromium)
	@$(NX) -t browser

screenshots: install ## The same, and write the pictures of docs/images
	@SCREENSHOTS=$(CURDIR)/docs/images $(NX) -t browser

bench-webhooks: build ## Whether a dead webhook endpoint delays live ones (ARGS="--rounds 3 --seconds 5")
	@$(RUN) tools/bench/src/webhooks/main.ts $(ARGS)

bench: build ## CPU per message beside a bare WebSocket server, and the latency of dispatch (ARGS="--seconds 3 --chargers 64")
	@$(RUN) tools/bench/src/main.ts $(ARGS)

bench-memory: build ## What an idle charger costs in memory, beside a bare WebSocket server (ARGS="--chargers 5000")
	@$(RUN) tools/bench/src/memory/main.ts $(ARGS)

bench-queries: install ## Rows that questions to ClickHouse read, in the layout of before and in this one (ARGS="--samples 100000000")
	@$(RUN) tools/bench/src/queries/main.ts $(ARGS)

bench-ingest: build ## Samples a second from Kafka to queryable in ClickHouse, their cost and freshness (ARGS="--samples 500000")
	@$(RUN) tools/bench/src/ingest/main.ts $(ARGS)

load-test: build ## A day of a fleet in minutes: latencies, CPU and memory of every process, nothing lost (ARGS="--chargers 1000 --rate 200"; --help lists all)
	@$(RUN) tools/load-test/src/main.ts $(ARGS)

data-truth: build ## Compare every view of ClickHouse with what simulated chargers did, while services are killed (ARGS="--seed 7 --chargers 120 --sessions 4")
	@$(RUN) tools/e2e/src/data-truth/main.ts $(ARGS)

chaos: build ## Kill every process in turn under load, then check that nothing is lost or doubled (ARGS="--seed 7 --seconds 150")
	@$(RUN) tools/chaos/src/main.ts $(ARGS)

chaos-proof: build ## Show that it notices a gateway that is broken on purpose
	@$(RUN) tools/chaos/src/main.ts --prove

##@ Deploy
charts-deps: ## Put the charts together, so that they can be installed from this checkout (needs helm)
	@for chart in ws-edge command-api clickhouse-ingestor webhook-dispatcher ocpp-gateway; do helm dependency update --skip-refresh charts/$$chart >/dev/null || exit 1; done

build-image: install ## Build the image of one app (APP=ws-edge; TAG, REGISTRY, BASE_IMAGE, BUILDER_IMAGE if not the defaults)
	@$(IMAGES) build --app "$(APP)" --tag "$(TAG)" --registry "$(REGISTRY)" --base "$(BASE_IMAGE)" --builder "$(BUILDER_IMAGE)"

image-lint: install ## Check the Dockerfiles with hadolint
	@$(IMAGES) lint

image-smoke: install ## Build the four images, run them without privileges on real engines, one session of each protocol, end them
	@$(IMAGES) smoke --base "$(BASE_IMAGE)" --builder "$(BUILDER_IMAGE)"

charts: build ## Check the charts without a cluster: render, validate, policies, alerts (needs Go; 10 min the first time)
	@node $(CHARTS) charts

charts-package: install ## Package the charts into .run/charts-package
	@$(RUN) $(CHARTS) package

charts-push: install ## Push the packaged charts (REGISTRY=oci://ghcr.io/ocpp-gw/charts)
	@$(RUN) $(CHARTS) push --registry "$(REGISTRY)"

k8s-smoke: protoc ## The charts on a cluster of kind or k3d, with sessions of each version (ARGS="--dry-run" prints the plan)
	@$(RUN) $(CHARTS) k8s-smoke $(ARGS)

pipelines: install ## Lint the pipelines
	@$(RUN) $(CHARTS) pipelines

docs-check: config-export-check grpc-proto-check charts-schema-check event-catalogue-check schema-docs-check observability-check ## Generated documents are current, references lead somewhere
	@nx test boundaries --output-style=static -- references

audit: install ## Advisories against the packages that the services are shipped with
	@$(DEV) audit

release-check: install ## Say whether a tag is a release of this tree (TAG=v1.2.3)
	@$(RUN) $(CHARTS) release-check --tag "$(TAG)"

changelog: install ## Write the changelog from the commits (ARGS="--output CHANGELOG.md")
	@npx --yes git-cliff@2.14.2 --config cliff.toml $(ARGS)

##@ Compose
compose-up: install ## The gateway in containers: build, start, wait until it is ready (docs/compose.md)
	@$(COMPOSE) up

compose-wait: install ## Wait until every container is ready; say where it is
	@$(COMPOSE) wait

compose-status: install ## What runs, and how it is
	@$(COMPOSE) status

compose-smoke: protoc ## A session of each version through Envoy, seen in REST, ClickHouse and the webhooks
	@$(COMPOSE) smoke

compose-down: install ## Stop and remove the containers; the data stays
	@$(COMPOSE) down

compose-down-volumes: install ## The data goes, too; asks first
	@$(COMPOSE) down-volumes

grafana-up: install ## Prometheus, Grafana and an OpenTelemetry collector beside it
	@$(COMPOSE) grafana-up

grafana-down: install ## Stop and remove those three
	@$(COMPOSE) grafana-down

##@ Clean
clean: ## Remove what was built
	@rm -rf {apps,libs,tools}/*/{dist,coverage,test-results,generated} libs/contracts/src/generated .nx

distclean: down clean ## Remove everything that git does not track, the development data too
	@rm -rf node_modules .data-plane .run

.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\# .*/\1/p' $(MAKEFILE_LIST))
