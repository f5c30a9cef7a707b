// Package configfile finds the configuration of a server on a disk: the file itself,
// the one configuration of a folder ([Find]), and the files that it may include or
// import ([Open], [Join]).
package configfile
