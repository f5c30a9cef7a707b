package fix_test

var systems = append(webServers, programs...)

// programs are the systems whose configuration is a program.
var programs = []system{}
