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
# Before a command: it talks to the instance that `make up` started, whatever ports that was given.
IN_INSTANCE := env $$($(DEV) settings)
NX := nx run-many --output-style=static

##@ Start here
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: install ## Everything a newcomer needs: engines, services, mock backend, one session of each protocol
	@$(DEV) up

down: ## Stop all that `make up` started
	@if [ -d node_modules/.bin ]; then $(DEV) down; fi

tests: install ## Lint, types, boundaries, drift checks, unit, integration and e2e tests
	@$(DEV) tests

doctor: install ## Check this machine; say what to install
	@$(IN_INSTANCE) $(RUN) tools/data-plane/src/main.ts doctor

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

build: install ## Compile every app and library
	@$(NX) -t build

lint: install ## ESLint with the module boundaries
	@$(NX) -t lint

types: install ## Type-check everything, tests included
	@$(NX) -t typecheck

config-export: build ## Write .env.example and the configuration reference from the code
	@node tools/dev/src/config-docs.ts

config-export-check: build ## Say whether they are current
	@node tools/dev/src/config-docs.ts --check

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

ch-migrate: build ## Apply the ClickHouse DDL
	@$(IN_INSTANCE) node apps/clickhouse-ingestor/dist/migrate.js

topics: build ## Create the Kafka topics
	@$(IN_INSTANCE) node $(QUIET) libs/kafka/dist/create-topics.js

dead-letters: build ## List the dead letters: outbox rows, webhook deliveries and messages of Kafka
	@$(IN_INSTANCE) node libs/persistence/dist/dead-letters.js list && $(IN_INSTANCE) node $(QUIET) libs/kafka/dist/dead-letters.js list

outbox-replay: build ## Deliver refused outbox rows again (ARGS="all", or ids)
	@$(IN_INSTANCE) node libs/persistence/dist/dead-letters.js replay outbox $(ARGS)

webhooks-replay: build ## Send dead webhook deliveries again (ARGS="all", or ids)
	@$(IN_INSTANCE) node libs/persistence/dist/dead-letters.js replay webhooks $(ARGS)

topics-replay: build ## Produce dead letters of consumers again (ARGS="all", or <topic>@<offset>)
	@$(IN_INSTANCE) node $(QUIET) libs/kafka/dist/dead-letters.js replay $(ARGS)

mock-backend: install ## Run the mock backend in the foreground
	@$(RUN) tools/mock-backend/src/main.ts

simulator: install ## Run the charger simulator (ARGS="--protocol 2.0.1 --sessions 1")
	@$(RUN) tools/charger-sim/src/main.ts --url "$$($(DEV) websocket-url)" $(ARGS)

e2e: install ## Only the end-to-end tests
	@$(NX) -t e2e

faults: install ## The heavier tier: degraded modes, pods behind Envoy, a rolling restart under load
	@$(NX) -t faults

bench: build ## CPU per message beside a bare WebSocket server, and the latency of dispatch (ARGS="--seconds 3 --chargers 64")
	@$(RUN) tools/bench/src/main.ts $(ARGS)

chaos: build ## Kill every process in turn under load, then check that nothing is lost or doubled (ARGS="--seed 7 --seconds 150")
	@$(RUN) tools/chaos/src/main.ts $(ARGS)

chaos-proof: build ## Show that it notices a gateway that is broken on purpose
	@$(RUN) tools/chaos/src/main.ts --prove

##@ Clean
clean: ## Remove what was built
	@rm -rf {apps,libs,tools}/*/{dist,coverage,test-results,generated} libs/contracts/src/generated .nx

distclean: down clean ## Remove everything that git does not track, the development data too
	@rm -rf node_modules .data-plane .run

.PHONY: chaos chaos-proof conformance conformance-check config-export config-export-check help up down tests doctor get-token install protoc build lint types format migrate pg-migrate ch-migrate topics dead-letters outbox-replay webhooks-replay topics-replay mock-backend simulator e2e faults bench clean distclean
