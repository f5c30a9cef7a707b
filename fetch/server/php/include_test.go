package php

import (
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// TestMissingFiles includes files that are not given: they do not exist when all files
// are given, and are not known otherwise.
func TestMissingFiles(t *testing.T) {
	const origin = "header('Access-Control-Allow-Origin: *'); "
	composer := fstest.MapFS{"composer.json": {Data: []byte("{}")}}
	for _, c := range []struct {
		name, code, want string
		files            fstest.MapFS
	}{
		{"require", origin + "require 'db.php'; header('Vary: A');", "500\naccess-control-allow-origin: *", fstest.MapFS{}},
		{"require, not all files", origin + "require 'db.php'; header('Vary: A');", "?200\naccess-control-allow-origin: *\nvary: A", nil},
		{"require first", "require 'db.php'; " + origin, "500", fstest.MapFS{}},
		{"include", "$x = include 'db.php'; " + origin + "if ($x === false) header('Vary: A');", "200\naccess-control-allow-origin: *\nvary: A", fstest.MapFS{}},
		{"caught", "try { require 'db.php'; } catch (Throwable $e) { " + origin + " }", "200\naccess-control-allow-origin: *", fstest.MapFS{}},
		{"composer's", "require 'vendor/autoload.php'; " + origin, "200\naccess-control-allow-origin: *", composer},
		{"composer's without composer", "require 'vendor/autoload.php'; " + origin, "500", fstest.MapFS{}},
		{"one that may end", "require 'auth_check.php'; " + origin, "index.php:1:7: what auth_check.php does is not known; give it with --file auth_check.php", nil},
		{"one that may end, later", origin + "require 'auth_check.php';", "?200\naccess-control-allow-origin: *", nil},
		{"a broken file", origin + "try { require 'broken.php'; } catch (ParseError $e) { header('Vary: A'); }", "200\naccess-control-allow-origin: *\nvary: A", fstest.MapFS{"broken.php": {Data: []byte("<?php if (")}}},
		{"a class of a library", origin + "Firebase\\JWT\\JWT::decode('x'); header('Vary: A');", "500\naccess-control-allow-origin: *", fstest.MapFS{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := server.Source{Name: "index.php", Text: "<?php " + c.code}
			if c.files != nil {
				src.Files, src.EnvComplete = c.files, true
			}
			assert.Equal(t, answerOf(t, src, request("GET", "/")), c.want)
		})
	}
}

// TestPages reads files that are not code, or that PHP cannot read.
func TestPages(t *testing.T) {
	for text, want := range map[string]string{
		"<!DOCTYPE html>\n<html></html>\n":                       "200",
		"\ufeff  <p>x</p>":                                       "200",
		"<?php header('Vary: A'); if ($x { }":                    "200",
		"<p>x</p><?php header('Access-Control-Allow-Origin: *')": "200\naccess-control-allow-origin: *",
	} {
		assert.Equal(t, answerOf(t, server.Source{Name: "index.php", Text: text}, request("GET", "/")), want, text)
	}
}
