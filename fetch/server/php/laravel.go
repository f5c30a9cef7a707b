package php

import "github.com/corsim/corsim/fetch/server"

func recogniseLaravel(name, text string) server.Confidence { return server.NotMine }
