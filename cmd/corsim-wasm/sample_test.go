//go:build !corpora

package main

// everyRecorded says which part of the recorded scenarios the module is asked about.
const everyRecorded = 20
