// Copyright 2026 The CloudStack Backup Authors
// SPDX-License-Identifier: Apache-2.0

//go:build tools

// Package tools makes `go mod tidy` keep what MinIO needs; nothing compiles it.
package tools

import _ "github.com/minio/minio"
