# Only the front door: each target is one line calling Nx or a tool.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export NX_DAEMON := false
export NX_TUI := false

# KafkaJS sets a timer in the past whenever it is not throttled; Node 24 warns of it.
QUIET := --disable-warning=TimeoutNegativeWarning
RUN := node $(QUIET) --conditions=@ocpp-gw/source
DEV := $(RUN) tools/dev/src/main.ts
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
	@$(RUN) tools/data-plane/src/main.ts doctor

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
	@node libs/persistence/dist/migrate.js

ch-migrate: build ## Apply the ClickHouse DDL
	@node apps/clickhouse-ingestor/dist/migrate.js

topics: build ## Create the Kafka topics
	@node $(QUIET) libs/kafka/dist/create-topics.js

mock-backend: install ## Run the mock backend in the foreground
	@$(RUN) tools/mock-backend/src/main.ts

simulator: install ## Run the charger simulator (ARGS="--protocol 2.0.1 --sessions 1")
	@$(RUN) tools/charger-sim/src/main.ts $(ARGS)

e2e: install ## Only the end-to-end tests
	@$(NX) -t e2e

##@ Clean
clean: ## Remove what was built
	@rm -rf {apps,libs,tools}/*/{dist,coverage,test-results,generated} libs/contracts/src/generated .nx

distclean: down clean ## Remove everything that git does not track, the development data too
	@rm -rf node_modules .data-plane .run

.PHONY: conformance conformance-check config-export config-export-check help up down tests doctor get-token install protoc build lint types format migrate pg-migrate ch-migrate topics mock-backend simulator e2e clean distclean
