# Rejoin. `make` alone lists what can be done.
.DEFAULT_GOAL := help
SHELL := /bin/sh
GOLANGCI_VERSION := v2.5.0
GOLANGCI := .tools/golangci-lint-$(GOLANGCI_VERSION)
TOXIPROXY_VERSION := v2.5.0
export TOXIPROXY := $(CURDIR)/.tools/toxiproxy-$(TOXIPROXY_VERSION)
# The stores that the contract suite runs on: memory, ministack, dynamodblocal (needs Java 17 and Maven).
export ENGINES ?= memory,ministack
PYTHON = @command -v python3 >/dev/null || { echo 'python3 is missing on this machine: install Python 3.11 or later.'; exit 1; }; \
	exec python3
LOCALSTACK = $(PYTHON) -m localstack

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: up
up: ## Start everything on this machine, or bring edits to what runs (REJOIN_PORT, REJOIN_STATE, REJOIN_ENDPOINT)
	$(LOCALSTACK) up

.PHONY: dev
dev: ## The same, and bring to it what you edit as you save it: functions, and pages that load anew by themselves
	$(LOCALSTACK) dev

.PHONY: down
down: ## Stop it
	$(LOCALSTACK) down

.PHONY: logs
logs: ## Follow what the functions log
	$(LOCALSTACK) logs

.PHONY: restat
restat: ## Recount the chats that ended from FROM to TO (days, UTC; STAGE names one on AWS instead of the local one)
	$(LOCALSTACK) restat '$(FROM)' '$(TO)' '$(STAGE)'

.PHONY: erase
erase: ## Delete all that is kept of CUSTOMER, and say what (STAGE names one on AWS instead of the local one)
	@go run ./infra/erase -customer '$(CUSTOMER)' $(if $(STAGE),-stage '$(STAGE)',-endpoints '$(or $(REJOIN_STATE),localstack/.state)/endpoints.json')

.PHONY: load
load: ## Let CHATS at once talk with AGENTS, RATE texts a second, for MINUTES, and sum up (MESSAGES, GREEDY, SEED; ENDPOINTS=file.json)
	@go run ./localstack/load $(foreach p,CHATS AGENTS RATE MESSAGES MINUTES GREEDY SEED,$(if $($p),-$p=$($p))) \
		-state '$(or $(ENDPOINTS),$(or $(REJOIN_STATE),localstack/.state)/endpoints.json)'

.PHONY: cost
cost: ## Print a month's bill and the limits (CHATS, MESSAGES, MINUTES, VISITS, AGENTS, HOURS, MS, EDGE, FREE=0; see docs/cost.md)
	@go run ./infra/cost $(foreach p,CHATS MESSAGES MINUTES VISITS AGENTS HOURS MS EDGE FREE,$(if $($p),-$p=$($p)))

.PHONY: count
count: ## Count anew what each event asks of AWS, for `make cost` (needs Java 17 and Maven)
	python3 -m localstack engine go test ./infra/cost -run '^TestCounted$$' -count=1 -args update
	go test ./infra/cost -run '^(TestReport|TestDocument)$$' -count=1 -args update

.PHONY: build
build: ## Build the functions (GOARCH=arm64 for AWS) and the pages
	$(PYTHON) -m infra build

.PHONY: deploy
deploy: ## Build and deploy STAGE to the AWS account that you are logged in to (PARAMS=FILE, else infra/stages/STAGE.json)
	$(PYTHON) -m infra deploy '$(STAGE)' '$(PARAMS)'

.PHONY: agent
agent: ## Create the agent EMAIL of STAGE (NAME=… as customers see it, ADMIN=1; REMOVE=1 removes them)
	$(PYTHON) -m infra agent '$(STAGE)' "$$EMAIL" "$$NAME" '$(ADMIN)' '$(REMOVE)'

.PHONY: shop
shop: ## Let STAGE answer for the shop SITE too: ORIGINS=https://…,… and FILE=looks and words (REMOVE=1 takes it away)
	$(PYTHON) -m infra shop '$(STAGE)' '$(SITE)' '$(ORIGINS)' '$(FILE)' '$(REMOVE)'

.PHONY: secret
secret: ## Make a new secret for the customers' tokens of STAGE, or of its shop SITE, or for its distribution (EDGE=1); the one before stays good
	$(PYTHON) -m infra secret '$(STAGE)' '$(SITE)' '$(EDGE)'

.PHONY: restore
restore: ## Put STAGE back to its contents AT a moment, once you have typed its name (AT=2026-11-30T09:15:00Z, YES=STAGE for scripts)
	$(PYTHON) -m infra restore '$(STAGE)' '$(AT)' '$(YES)'

.PHONY: destroy
destroy: ## Delete STAGE and all that it holds, once you have typed its name (YES=STAGE for scripts)
	$(PYTHON) -m infra destroy '$(STAGE)' '$(YES)'

.PHONY: zones
zones: ## Fetch the newest time zone data (internal/zone; `make check` says when it is due)
	$(PYTHON) -m infra zones

.PHONY: check check-go check-infra check-pages
check: $(GOLANGCI) ## Check format, types and style of everything
	@.ci/parts check-infra check-go check-pages

check-go:
	go vet ./...
	$(GOLANGCI) run

check-infra:
	$(PYTHON) -m infra venv
	.venv/bin/cfn-lint infra/template.yaml infra/edge.yaml
	python3 -m infra zones check
	python3 -m infra checkov
	.venv-checkov/bin/checkov --config-file infra/checkov.yaml

check-pages:
	$(PYTHON) -m infra npm
	npm --prefix web run check

.PHONY: test test-go test-pages test-python test-fuzz test-browsers
test: $(TOXIPROXY) ## Run all tests, on stacks of their own that are stopped afterwards (ENGINES chooses the stores, BROWSERS adds firefox, webkit)
	@.ci/parts test-go test-pages test-python test-fuzz -- test-browsers

# Without vet, which `make check` runs. First the tests that wait most: for deployments, the schedule, a minute of bad networks.
test-go: $(TOXIPROXY)
	$(LOCALSTACK) with --quick go test -vet=off -p 3 -parallel 8 -timeout 30m ./localstack/... ./...

test-pages:
	$(PYTHON) -m infra npm
	npm --prefix web test

test-python:
	$(PYTHON) -m infra venv
	.venv/bin/python -m unittest discover --pattern '*_test.py'

test-fuzz:
	@.ci/fuzz 10000x

# A stack for each worker, so that its queue has only its own customers, and one whose chats end by short rules.
test-browsers: export ENGINES = memory
test-browsers: $(TOXIPROXY)
	$(LOCALSTACK) with --stacks 3 --quick npm --prefix web run e2e

.PHONY: soak
soak: MINUTES ?= 20
soak: $(TOXIPROXY) ## Look for what breaks the promises for MINUTES, and sum up (PARTS=sim,fuzz,linear,fire; SEED chooses the trouble of fire)
	@.ci/soak '$(MINUTES)' '$(PARTS)'

$(TOXIPROXY):
	GOBIN=$(CURDIR)/.tools go install github.com/Shopify/toxiproxy/v2/cmd/server@$(TOXIPROXY_VERSION)
	mv .tools/server $@

$(GOLANGCI):
	GOBIN=$(CURDIR)/.tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv .tools/golangci-lint $@
