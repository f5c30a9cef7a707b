//go:build servers && linux

package servers

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/corsim/corsim/fetch/server"
)

// startTime is how long a server may take until it listens.
const startTime = 30 * time.Second

// notInstalled finds what servers and languages say when a file or a package is missing.
var notInstalled = regexp.MustCompile(`.*(?:Cannot find (?:module|package)|ModuleNotFoundError|cannot load such file|dlopen\(\)|Cannot load .*\.so|Unknown file extension).*`)

// startServer starts the server of a folder, and what is behind it, until the
// process ends. It returns the address at which the server listens, "" when it refuses
// its configuration as the setup says, and an error when that is not what the setup says.
func startServer(fsys fs.FS, folder string, setup *Setup, src server.Source) (string, error) {
	if err := prepare(fsys, folder, setup, src); err != nil {
		return "", err
	}
	cmd, err := command(setup, src.Placed["."])
	if err != nil {
		return "", err
	}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	others := listening()
	if err := cmd.Start(); err != nil {
		return "", err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	address, running := await(setup.Address, others, ended)
	refused := setup.Starts != nil && !*setup.Starts
	switch {
	case address != "" && refused:
		return "", errors.New(`the server starts; setup.json says "starts": false`)
	case address != "":
		return address, nil
	case running:
		return "", fmt.Errorf("the server does not listen at %s", setup.Address)
	case refused:
		fmt.Printf("the server refuses the configuration: %s", log.String())
		return "", nil
	}
	if line := notInstalled.FindString(log.String()); line != "" {
		return "", notHere("something is not installed: " + strings.TrimSpace(line))
	}
	return "", fmt.Errorf("the server does not start (if it must not, setup.json says \"starts\": false and the message):\n%s", log.String())
}

// command returns the command that starts a server in a folder.
func command(setup *Setup, dir string) (*exec.Cmd, error) {
	if len(setup.Start) == 0 {
		return nil, notHere("setup.json has no start")
	}
	file, err := exec.LookPath(setup.Start[0])
	if err != nil {
		return nil, notHere("not installed: " + setup.Start[0])
	}
	for _, argument := range setup.Start[1:] {
		file := argument[strings.LastIndexByte(argument, '=')+1:]
		if _, err := os.Stat(file); err != nil && path.IsAbs(file) {
			return nil, notHere("not installed: " + file)
		}
	}
	cmd := exec.Command(file, setup.Start[1:]...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/root", "LANG=C.UTF-8"}
	for name, value := range setup.Env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd, nil
}

// await waits until a server listens or its process has ended. A program that chooses
// its port itself may listen at another port than the setup says.
func await(address string, others []string, ended <-chan error) (at string, running bool) {
	candidates := []string{address}
	for begin := time.Now(); time.Since(begin) < startTime; {
		for _, candidate := range candidates {
			if c, err := net.Dial("tcp", candidate); err == nil {
				c.Close()
				return candidate, true
			}
		}
		select {
		case <-ended:
			return "", false
		case <-time.After(50 * time.Millisecond):
		}
		if time.Since(begin) > 2*time.Second {
			isOther := func(port string) bool { return slices.Contains(others, port) }
			candidates = append([]string{address}, slices.DeleteFunc(listening(), isOther)...)
		}
	}
	return "", true
}

// listening returns the addresses of loopback with a port at which somebody listens.
func listening() []string {
	var out []string
	for _, name := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		text, _ := os.ReadFile(name)
		for line := range strings.Lines(string(text)) {
			fields := strings.Fields(line)
			if len(fields) < 4 || fields[3] != "0A" {
				continue
			}
			_, hex, _ := strings.Cut(fields[1], ":")
			if port, err := strconv.ParseUint(hex, 16, 16); err == nil {
				out = append(out, fmt.Sprintf("127.0.0.1:%d", port))
			}
		}
	}
	return out
}

// prepare makes the machine of a server: its network, its names of hosts, its folders
// and the servers behind it.
func prepare(fsys fs.FS, folder string, setup *Setup, src server.Source) error {
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		return notHere(fmt.Sprintf("the command ip does not work: %v %s", err, out))
	}
	if err := mountEmpty("/run", "/run/apache2", "/run/nginx"); err != nil {
		return err
	}
	if err := mountEmpty("/var/log", "/var/log/apache2", "/var/log/nginx"); err != nil {
		return err
	}
	if err := place(fsys, folder, src.Placed); err != nil {
		return err
	}
	if err := complete(setup, src.Placed["."]); err != nil {
		return err
	}
	return startBehind(src.Behind)
}

// place copies the folders of a setup to their places on the server.
func place(fsys fs.FS, folder string, placed map[string]string) error {
	var mounted []string
	places := slices.SortedFunc(maps.Keys(placed), func(a, b string) int { return len(placed[a]) - len(placed[b]) })
	for _, from := range places {
		to := placed[from]
		root, err := replaceable(to, mounted)
		if err != nil {
			return err
		}
		if root != "" {
			mounted = append(mounted, root)
			if err := mountEmpty(root, to); err != nil {
				return err
			}
		}
		if err := copyFiles(fsys, path.Join(folder, from), to); err != nil {
			return err
		}
	}
	return nil
}

// mountEmpty puts an empty file system at a folder, and folders into it.
func mountEmpty(root string, folders ...string) error {
	if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "mode=0755"); err != nil {
		return notHere(fmt.Sprintf("cannot mount at %s: %v", root, err))
	}
	for _, folder := range folders {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// replaceable returns the folder at which an empty file system is mounted, so that
// nothing is written to the machine's own; "" when that is done already.
func replaceable(place string, mounted []string) (string, error) {
	for _, m := range mounted {
		if place == m || strings.HasPrefix(place, m+"/") {
			return "", nil
		}
	}
	root := place
	for {
		if info, err := os.Stat(root); err == nil && info.IsDir() {
			break
		}
		root = path.Dir(root)
	}
	if slices.Contains([]string{"/", "/etc", "/usr", "/var", "/home", "/root", "/tmp"}, root) {
		return "", notHere(fmt.Sprintf("there is no folder %s (is the server installed?)", place))
	}
	return root, nil
}

// copyFiles copies a folder. Files that begin with #! become programs.
func copyFiles(fsys fs.FS, from, to string) error {
	return fs.WalkDir(fsys, from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := path.Join(to, strings.TrimPrefix(name, from))
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if bytes.HasPrefix(text, []byte("#!")) {
			mode = 0o755
		}
		return os.WriteFile(target, text, mode)
	})
}

// nginxMain is the main file of nginx for folders that have a file of conf.d only.
const nginxMain = "events {}\nhttp {\n  access_log off;\n  include /etc/nginx/conf.d/*.conf;\n}\n"

// complete adds what a folder does not contain: the main file of nginx, and the
// packages of npm in the versions of the setup.
func complete(setup *Setup, place string) error {
	if _, err := os.Stat(place + "/nginx.conf"); err != nil && setup.System == "nginx" {
		return os.WriteFile(place+"/nginx.conf", []byte(nginxMain), 0o644)
	}
	if _, isNode := setup.Versions["node"]; !isNode && KindOf(setup.System) != "nodejs" {
		return nil
	}
	from, to := os.Getenv("CORSIM_NODE_MODULES"), path.Join(path.Dir(place), "node_modules")
	if from == "" {
		return notHere("CORSIM_NODE_MODULES names no folder node_modules")
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	if err := os.Setenv("PATH", to+"/.bin:"+os.Getenv("PATH")); err != nil {
		return err
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		source, err := packageFolder(from, e.Name(), setup.Versions[e.Name()])
		if err != nil {
			return err
		}
		if err := os.Symlink(source, path.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// packageFolder returns the folder of a package of npm in a version: node_modules/NAME,
// or a folder with an alias that begins with the name, such as express4.
func packageFolder(modules, name, version string) (string, error) {
	first := path.Join(modules, name)
	if version == "" {
		return first, nil
	}
	others, err := filepath.Glob(first + "*")
	for _, folder := range append([]string{first}, others...) {
		var form struct {
			Name    string `json:"name"`
			Version string `json:"version"`
		}
		text, err := os.ReadFile(folder + "/package.json")
		if err == nil && json.Unmarshal(text, &form) == nil && form.Name == name && form.Version == version {
			return folder, nil
		}
	}
	if err != nil {
		return "", err
	}
	return "", notHere(fmt.Sprintf("not installed: %s %s of npm", name, version))
}
