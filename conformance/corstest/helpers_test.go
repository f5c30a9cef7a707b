package corstest_test

import (
	"io"
	"log"

	"github.com/corsim/corsim/fetch/browser"
)

type engineResult = browser.Result

var discardLog = log.New(io.Discard, "", 0)
