package record

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/corsim/corsim/fetch"
)

// insideVariable is set in the environment of a program that [Enter] started.
const insideVariable = "CORSIM_RECORD_INSIDE"

// Inside reports whether this process is in a world that [Enter] made.
func Inside() bool { return os.Getenv(insideVariable) != "" }

// Enter starts this program again with the same arguments, in network, mount and process namespaces of its own, and
// returns its exit status. When the program ends, all its processes end.
func Enter() (status int, err error) {
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), insideVariable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
		Pdeathsig:  syscall.SIGKILL,
	}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 0, fmt.Errorf("the recorder cannot make namespaces: %w; run it as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)", err)
	}
	return 0, nil
}

// openWorld prepares the namespaces for stories, and starts the servers.
func openWorld(engine string, stories []*Story) (*world, error) {
	w, err := newWorld(engine, stories)
	if err != nil {
		return nil, err
	}
	for _, prepare := range []func() error{w.mount, w.address, w.listen} {
		if err := prepare(); err != nil {
			w.close()
			return nil, err
		}
	}
	return w, nil
}

// mount hides the processes outside, and gives the hosts of the scenarios addresses.
func (w *world) mount() error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("mounts: %w", err)
	}
	if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("mounting /proc: %w", err)
	}
	// The sockets of X servers in other worlds have the same names.
	if err := os.MkdirAll("/tmp/.X11-unix", 0o1777); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", "/tmp/.X11-unix", "tmpfs", 0, ""); err != nil {
		return fmt.Errorf("mounting /tmp/.X11-unix: %w", err)
	}
	folder, err := w.newFolder()
	if err != nil {
		return err
	}
	w.hosts = filepath.Join(folder, "hosts")
	if err := w.move(nil); err != nil {
		return err
	}
	if err := syscall.Mount(w.hosts, "/etc/hosts", "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("mounting /etc/hosts: %w", err)
	}
	w.undo = func() { _ = syscall.Unmount("/etc/hosts", syscall.MNT_DETACH) }
	return nil
}

// onlineAddress makes the machine look connected: WebKitGTK finds no host by its name when all addresses are loopback ones.
// It is also the address of hosts that are public.
var onlineAddress = netip.MustParseAddr(addressIn(fetch.AddressSpacePublic))

// localAddress is the address of hosts in the local address space.
var localAddress = netip.MustParseAddr(addressIn(fetch.AddressSpaceLocal))

// address brings the loopback interface up with all addresses.
func (w *world) address() error {
	var batch strings.Builder
	batch.WriteString("link set lo up\n")
	addresses := append([]netip.Addr{onlineAddress, localAddress}, w.network.addresses...)
	for i, a := range addresses {
		if !slices.Contains(addresses[:i], a) {
			fmt.Fprintf(&batch, "addr replace %s/%d dev lo\n", a, a.BitLen())
		}
	}
	cmd := exec.Command("ip", "-batch", "-")
	cmd.Stdin = strings.NewReader(batch.String())
	out, err := cmd.CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		return missing("the command ip", "iproute2")
	}
	if err != nil {
		return fmt.Errorf("ip: %s", strings.TrimSpace(string(out)))
	}
	return nil
}

func (w *world) listen() error {
	for _, port := range w.network.ports {
		l, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
		if err != nil {
			return err
		}
		go w.server.Serve(l)
	}
	return nil
}
