# closedesk: make demo, make test. See README.md.
PREFIX ?= /usr/local
SWIFT ?= swift
PACKAGES = libcurl4-openssl-dev libssl-dev libsqlite3-dev libsimdjson-dev libphonenumber-dev libopencc-dev \
	libopencc-data libleptonica-dev libzip-dev libexpat1-dev libseccomp-dev poppler-utils libtesseract-dev \
	tesseract-ocr tesseract-ocr-chi-sim pkg-config openssl

.PHONY: all deps ocr build demo test test-integration lint samples letters install clean

all: build

# Installs the Debian packages that are missing; does nothing where all are there.
deps:
	@scripts/install-deps $(PACKAGES)

# RapidOCR in ./.ocr; asks the package index once. Without it no letter is accepted automatically.
ocr:
	@scripts/install-ocr

# Swift's own libraries inside: the program starts in two thirds of the time and runs where no Swift is installed.
build: deps
	$(SWIFT) build -c release --static-swift-stdlib

# The main job on invented tickets: validate, run twice, show what arrived.
demo: build ocr
	@scripts/demo

# One after the other: tests that wait for processes hold threads that others keep time with.
test: deps
	@scripts/install-deps strace python3
	@scripts/install-ocr
	@scripts/install-verifier || echo "no verifier of signatures: its test is skipped"
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip EndToEndTests --skip RealSystemTests --no-parallel
	$(SWIFT) test --skip-build --filter EndToEndTests --no-parallel

# The presets against real ticket systems on 127.0.0.1: Request Tracker of Debian, Roundup of PyPI.
test-integration: deps
	@scripts/install-deps request-tracker5 rt5-db-sqlite rt5-standalone python3 python3-venv
	@scripts/ticket-system install roundup
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter RealSystemTests --no-parallel

# Formatting and the module graph.
lint: deps
	$(SWIFT) format lint --strict -r Package.swift Sources Tests Plugins
	$(SWIFT) build --explicit-target-dependency-import-check error
	@scripts/check-graph

samples:
	python3 Samples/make_samples.py

# Draws the sample letters anew; needs python3-pil and the fonts named in the script.
letters:
	python3 Samples/make_letters.py

install: build
	install -D -m 755 .build/release/closedesk $(DESTDIR)$(PREFIX)/bin/closedesk

clean:
	rm -rf .build
