package browser

import (
	"sync"
	"sync/atomic"
)

// resourceMap says in which map a document finds a loaded resource, so that
// the next element with the same request need not fetch it.
type resourceMap uint8

const (
	noResourceMap resourceMap = iota
	// availableImages is the list of available images.
	// https://html.spec.whatwg.org/#list-of-available-images
	availableImages
	// moduleMap is the module map.
	// https://html.spec.whatwg.org/#module-map
	moduleMap
	// styleSheetCache and mediaCache are memory caches, which the standard
	// does not have.
	styleSheetCache
	mediaCache
)

// resourceKey is the key of a resource in one of the maps. The standard's keys
// also have the origin, for images that use CORS. Here each environment has one
// origin.
type resourceKey struct {
	in          resourceMap
	url         string
	crossOrigin CrossOrigin // the zero value in maps that ignore it
	moduleType  moduleType  // the zero value in all maps except the module map
}

// loadedResource is a resource that an element has loaded.
type loadedResource struct {
	// result is the result of the call that loaded it; nil if there is no
	// resource.
	result *Result
	// cookies is the Cookie header that the same request would have had after
	// the response, for browsers that compare it.
	cookies string
	// module is what the module map has besides; nil in all other maps.
	module *module
}

// loadedResources holds the resources that an environment has loaded and uses
// again. It is safe for concurrent use.
type loadedResources struct {
	used  atomic.Bool // whether it holds anything; read without the lock
	mu    sync.Mutex
	byKey map[resourceKey]loadedResource
}

// find returns the resource of a key.
func (l *loadedResources) find(key resourceKey) loadedResource {
	if !l.used.Load() {
		return loadedResource{}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.byKey[key]
}

func (l *loadedResources) add(key resourceKey, resource loadedResource) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byKey == nil {
		l.byKey = make(map[resourceKey]loadedResource)
	}
	l.byKey[key] = resource
	l.used.Store(true)
}

// removeImages removes the images with a URL and any crossorigin attribute.
func (l *loadedResources) removeImages(u string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, state := range [...]CrossOrigin{CrossOriginNone, CrossOriginAnonymous, CrossOriginUseCredentials} {
		delete(l.byKey, resourceKey{in: availableImages, url: u, crossOrigin: state})
	}
}
