// Command registry is an image registry over TLS with one user, made of the modules of CNCF Distribution.
//
//	registry ADDRESS FOLDER CERTIFICATE KEY USER PASSWORD-FILE
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/distribution/distribution/v3/configuration"
	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
	"golang.org/x/crypto/bcrypt"
)

const settings = `
version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: %q}
  delete: {enabled: true}
http:
  addr: %q
  tls: {certificate: %q, key: %q}
auth:
  htpasswd: {realm: cytoplane, path: %q}
`

func main() {
	if len(os.Args) != 7 {
		log.Fatal("usage: registry ADDRESS FOLDER CERTIFICATE KEY USER PASSWORD-FILE")
	}
	if err := serve(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6]); err != nil {
		log.Fatal(err)
	}
}

func serve(address, folder, certificate, key, user, passwordFile string) error {
	password, err := os.ReadFile(passwordFile)
	if err != nil {
		return err
	}
	// Every request is checked. The password is a long random one, so a cheap hash hides it as well.
	hash, err := bcrypt.GenerateFromPassword([]byte(strings.TrimSpace(string(password))), bcrypt.MinCost)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	users := filepath.Join(folder, "htpasswd")
	if err := os.WriteFile(users, []byte(user+":"+string(hash)+"\n"), 0o600); err != nil {
		return err
	}
	text := fmt.Sprintf(settings, filepath.Join(folder, "data"), address, certificate, key, users)
	// Else it knocks at a receiver of telemetry that is not there.
	if err := os.Setenv("OTEL_TRACES_EXPORTER", "none"); err != nil {
		return err
	}
	config, err := configuration.Parse(strings.NewReader(text))
	if err != nil {
		return err
	}
	server, err := registry.NewRegistry(context.Background(), config)
	if err != nil {
		return err
	}
	return server.ListenAndServe()
}
