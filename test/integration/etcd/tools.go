// Copyright 2026 The CloudStack Backup Authors
// SPDX-License-Identifier: Apache-2.0

//go:build tools

// Package tools makes `go mod tidy` keep what etcd needs; nothing compiles it.
package tools

import _ "go.etcd.io/etcd/server/v3"
