package php

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// TestBuiltins compares what PHP 8.2 prints for expressions with what is computed.
func TestBuiltins(t *testing.T) {
	for code, want := range map[string]string{
		`sprintf("%05d|%+d|%-6s|%06.2f|%x|%c|%u", -42, 5, "ab", 3.14159, 255, 65, 3)`:                                           "-0042|+5|ab    |003.14|ff|A|3",
		`sprintf("%'*10s|%5d|%-5d|%05s|%b|%o|%X", "b", -3, 7, "x", 5, 8, 255)`:                                                  "*********b|   -3|7    |0000x|101|10|FF",
		`sprintf("%5s|%.2s|%e|%5.1e", "abcdefg", "xyz", 1234.5, 1234.5)`:                                                        "abcdefg|xy|1.234500e+3|1.2e+3",
		`sprintf('%2$d%1$s%%', 'z', '42abc')`:                                                                                   "42z%",
		`number_format(0.5) . number_format(-1234.567, 2) . number_format(2.675, 2)`:                                            "1-1,234.572.68",
		`number_format(1234.5678, 2, ",", ".")`:                                                                                 "1.234,57",
		`round(2.5) . round(-2.5) . round(1.955, 2) . round(1234567.891, -3)`:                                                   "3-31.961235000",
		`implode(',', array_pad([1], -3, 0))`:                                                                                   "0,0,1",
		`count(array_chunk([1, 2, 3], 2))`:                                                                                      "2",
		`http_build_query(['a' => 1, 'b' => ['x', 'y z'], 'c' => true, 'd' => null])`:                                           "a=1&b%5B0%5D=x&b%5B1%5D=y+z&c=1",
		`filter_var('12', FILTER_VALIDATE_INT, ['options' => ['min_range' => 1, 'max_range' => 20]])`:                           "12",
		`filter_var('21', FILTER_VALIDATE_INT, ['options' => ['max_range' => 20, 'default' => 7]])`:                             "7",
		`count(array_merge_recursive(['a' => [1], 'b' => 2], ['a' => [3], 'b' => 4])['a'])`:                                     "2",
		`implode(',', preg_grep('/^x/', ['xa', 'b', 'xc']))`:                                                                    "xa,xc",
		`implode(',', array_map(fn($n) => $n ** 2, iterator_to_array((function () { yield 1; yield from [2, 3]; })(), false)))`: "1,4,9",
		`(function () { $x = yield 1; return $x; })()->current()`:                                                               "1",
		`(new ArrayIterator([3, 4]))->count() . implode('', [...new ArrayObject([5, 6])])`:                                      "256",
		`(fn(string $s): string => $s)(new Exception('m'))`:                                                                     "m",
		`(fn(?int $n, int|string $m) => $m . gettype($n))('12', '3')`:                                                           "3integer",
		`implode(',', array_keys(array_diff_assoc(['a' => 1, 'b' => 2], ['a' => 1])))`:                                          "b",
	} {
		t.Run(code, func(t *testing.T) {
			src := server.Source{Name: "index.php", Text: "<?php\nheader('Vary: ' . (" + code + "));\n"}
			got := answerOf(t, src, request("GET", "/"))
			assert.Equal(t, got, "200\nvary: "+want)
		})
	}
}
