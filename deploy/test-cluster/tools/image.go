package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
)

// image packs one static program as an image whose entry point it is. Equal programs give equal images.
func image(out, name, program string) error {
	content, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	file := filepath.Base(program)
	layer, err := pack([]entry{{file, 0o755, content}})
	if err != nil {
		return err
	}
	const date = "2026-01-01T00:00:00Z"
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"created":      date,
		"config":       map[string]any{"Entrypoint": []string{"/" + file}, "User": "65532:65532"},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + digest(layer)}},
		"history":      []map[string]string{{"created": date, "created_by": "deploy/test-cluster"}},
	})
	if err != nil {
		return err
	}
	configName, layerName := digest(config)+".json", digest(layer)+"/layer.tar"
	manifest, err := json.Marshal([]map[string]any{
		{"Config": configName, "RepoTags": []string{name}, "Layers": []string{layerName}},
	})
	if err != nil {
		return err
	}
	archive, err := pack([]entry{{layerName, 0o644, layer}, {configName, 0o644, config}, {"manifest.json", 0o644, manifest}})
	if err != nil {
		return err
	}
	return os.WriteFile(out, archive, 0o644)
}

type entry struct {
	name    string
	mode    int64
	content []byte
}

func pack(entries []entry) ([]byte, error) {
	var buffer bytes.Buffer
	writer := tar.NewWriter(&buffer)
	for _, e := range entries {
		header := &tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.content)), Format: tar.FormatGNU}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(e.content); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
