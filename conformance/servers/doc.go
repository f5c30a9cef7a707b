// Package servers contains the recordings of real servers: how each was run
// ([Setup]), the requests that were sent to it ([Probe]) and what it answered
// ([Recording]). [Compare] says where a model of the server answers in another way.
//
// The recordings are in testdata/servers of package conformance; their README
// says where they come from. The tests compare the
// recordings with the models of the servers, and write the pages about them. The tests
// with the build tag servers run the real servers again, and record new ones.
package servers
