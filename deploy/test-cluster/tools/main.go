// Command tools is what the test cluster needs besides Kubernetes: the pause container, a probe that serves and calls
// from inside a pod (no shell, no C library, so that a refused call cannot be mistaken for a crash), and a packer that
// makes an image of one program.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

const usage = `usage:
  tools pause                        what holds a pod's namespaces
  tools serve ADDRESS [DELAY]        answers every request with its own host name; waits DELAY (1s) before it begins
  tools get URL                      prints the body of a 200
  tools dial HOST:PORT               connects
  tools lookup NAME [SERVER]         resolves
  tools image OUT.tar NAME PROGRAM   packs a program as an image, in the form that "docker save" writes
get, dial and lookup give up after two seconds and then end with 1.`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "tools:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	at := func(i int) string {
		if i < len(args) {
			return args[i]
		}
		return ""
	}
	switch {
	case at(0) == "pause", filepath.Base(os.Args[0]) == "pause":
		return pause()
	case at(0) == "serve" && len(args) >= 2:
		return serve(args[1], at(2))
	case at(0) == "get" && len(args) == 2:
		return get(args[1])
	case at(0) == "dial" && len(args) == 2:
		return dial(args[1])
	case at(0) == "lookup" && len(args) >= 2:
		return lookup(args[1], at(2))
	case at(0) == "image" && len(args) == 4:
		return image(args[1], args[2], args[3])
	}
	fmt.Fprintln(os.Stderr, usage)
	os.Exit(2)
	return nil
}

// pause sleeps until it is told to end. It reaps what it inherits: in a shared process namespace it is process 1.
func pause() error {
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM, syscall.SIGINT)
	children := make(chan os.Signal, 1)
	signal.Notify(children, syscall.SIGCHLD)
	for {
		select {
		case <-end:
			return nil
		case <-children:
			for {
				if pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); pid <= 0 || err != nil {
					break
				}
			}
		}
	}
}

const patience = 2 * time.Second
