package scenario

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// JSON and documents are what script gets, serialised again.
func TestSerializedAgain(t *testing.T) {
	for body, want := range map[string]string{
		` {"b" : 1.0, "a":"\u00e9"} `: `{"b":1,"a":"é"}`, "[1 , 2 ]": "[1,2]", "\uFEFF1": "1", "null": "-", "not json": "-", "": "-",
		`{}`: `{}`, `[]`: `[]`, `[{},[null,true,false]]`: `[{},[null,true,false]]`, `"\/\ud800"`: `"/\ud800"`,
		`{"b":1,"10":2,"9":3,"b":4,"01":5,"-1":6,"4294967295":7,"4294967294":8,"+1":9}`: `{"9":3,"10":2,"4294967294":8,"b":4,"01":5,"-1":6,"4294967295":7,"+1":9}`,
		"[-0,1e400,1e21,1E20,0.000001,1e-7,123456789012345680000,-1.50e-9,5e-324]":      "[0,null,1e+21,100000000000000000000,0.000001,1e-7,123456789012345680000,-1.5e-9,5e-324]",
		"[1,]": "-", "[1 2]": "-", `{"a":1,}`: "-", `{"a" 1}`: "-", `{"a":1 "b":2}`: "-", "{a:1}": "-", "01": "-", "1 2": "-", "\"\n\"": "-", "nul": "-", "[": "-", `{"a":`: "-", `"`: "-",
	} {
		text, ok := jsonAgain(body)
		assert.Equal(t, ok, want != "-", body)
		assert.Assert(t, !ok || text == want, "%s: %s, want %s", body, text, want)
	}
	deep := strings.Repeat("[", maxJSONDepth)
	_, ok := jsonAgain(deep + strings.Repeat("]", maxJSONDepth))
	assert.Assert(t, ok)
	_, ok = jsonAgain("[" + deep + strings.Repeat("]", maxJSONDepth+1))
	assert.Assert(t, !ok)
	for body, want := range map[string]string{
		"<a><b></b>x &amp; y</a>": "<a><b/>x &amp; y</a>", `<svg xmlns="http://www.w3.org/2000/svg" />`: `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"<a><b></a>": "-", "<a/><b/>": "-", "not xml": "-", "": "-", "\uFEFF <a/>\n": "<a/>", "<a ></a >": "<a/>",
		"<a x='1\t2&#9;' y = '&quot;&lt;&amp;>' />": `<a x="1 2&#9;" y="&quot;&lt;&amp;&gt;"/>`,
		"<a>\r\n&#13;&#x41;&apos;></a>":             "<a>\n&#xD;A'&gt;</a>",
		"<a><!-- c --><![CDATA[<&]]><?t d?></a>":    "<a><!-- c --><![CDATA[<&]]><?t d?></a>",
		"<é:b·2/>":                                  "<é:b·2/>", "<a>]]&gt;</a>": "<a>]]&gt;</a>",
		"<a x='1' x='2'/>": "-", "<a x=1/>": "-", "<a x/>": "-", "<a x='<'/>": "-", "<a x='1'y='2'/>": "-", "<1/>": "-", "<a>]]></a>": "-", "<a>&nbsp;</a>": "-",
		"<a>&#0;</a>": "-", "<a>&#xD800;</a>": "-", "<a>&#x110000;</a>": "-", "<a>&lt</a>": "-", "<a>\x01</a>": "-", "<a>\xff</a>": "-", "<a><!--a--b--></a>": "-", "<a><!--a---></a>": "-",
		"<a": "-", "<a>": "-", "<a></b>": "-", "<a/>x": "-", "<a><!--": "-", "<a></a": "-", "<a x='": "-",
	} {
		text, ok, err := xmlAgain(body)
		assert.NilError(t, err)
		assert.Equal(t, ok, want != "-", body)
		assert.Assert(t, !ok || text == want, text)
	}
	for _, body := range []string{"<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>", "<a/><!-- end -->"} {
		_, _, err := xmlAgain(body)
		assert.ErrorIs(t, err, errOutsideRoot, body)
	}
}

// A text is decoded in the charset of its type.
func TestTextOfCharset(t *testing.T) {
	for contentType, want := range map[string]string{
		"text/plain": "\uFFFD", "text/plain;charset=Latin1": "é€", "text/plain;charset=utf-16le": "胩", "text/plain;charset=utf-16be": "\uE980",
	} {
		resp := &fetch.Response{Header: fetch.HeaderList{{Name: "Content-Type", Value: contentType}}, Body: "\xe9\x80"}
		assert.Equal(t, decodeText(resp), want, contentType)
	}
}
