// Tlogcheck verifies a C2SP tlog-tiles directory with the packages that the Go checksum database is
// verified with (golang.org/x/mod/sumdb/note and tlog), and none of our code:
//
//   - the signature of the checkpoint;
//   - every entry, hashed again, up to the root that is signed;
//   - every tile, byte by byte, against the hashes of those entries;
//   - proofs of records and of older trees, made from the tiles.
//
// usage: tlogcheck DIRECTORY VKEY
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	// Proofs to try; spread over the log.
	proofs = 64
)

// checkpoint is what the signed note states.
type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: tlogcheck DIRECTORY VKEY")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "tlogcheck:", err)
		os.Exit(1)
	}
}

func check(directory, vkey string) error {
	signed, err := openCheckpoint(directory, vkey)
	if err != nil {
		return err
	}
	hashes, err := hashEntries(directory, signed.size)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(signed.size, hashes)
	if err != nil {
		return err
	}
	if root != signed.root {
		return fmt.Errorf("the entries give root %v, signed is %v", root, signed.root)
	}
	tiles, err := compareTiles(directory, signed.size, hashes)
	if err != nil {
		return err
	}
	if err := tryProofs(directory, signed, hashes); err != nil {
		return err
	}
	fmt.Printf("%s: %d entries and %d tiles are those of the signed root\n", signed.origin,
		signed.size, tiles)
	return nil
}

func openCheckpoint(directory, vkey string) (checkpoint, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return checkpoint{}, fmt.Errorf("the vkey: %w", err)
	}
	data, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	if err != nil {
		return checkpoint{}, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, fmt.Errorf("the checkpoint: %w", err)
	}
	return parseCheckpoint(opened.Text, verifier.Name())
}

// parseCheckpoint splits the lines itself: tlog.ParseTree takes no origin but Go's own.
func parseCheckpoint(text, name string) (checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 {
		return checkpoint{}, fmt.Errorf("the checkpoint has %d lines", len(lines))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] || size < 0 {
		return checkpoint{}, fmt.Errorf("the checkpoint's size is %q", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return checkpoint{}, fmt.Errorf("the checkpoint's root is %q", lines[2])
	}
	if lines[0] != name {
		return checkpoint{}, fmt.Errorf("the checkpoint's origin is %q, its key's name %q",
			lines[0], name)
	}
	signed := checkpoint{origin: lines[0], size: size}
	copy(signed.root[:], root)
	return signed, nil
}

// stored holds every hash of a tree in the order of tlog.StoredHashIndex.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(s)) {
			return nil, fmt.Errorf("no stored hash %d", index)
		}
		found[i] = s[index]
	}
	return found, nil
}

func hashEntries(directory string, size int64) (stored, error) {
	var hashes stored
	for first := int64(0); first < size; first += tileWidth {
		width := widthAt(first/tileWidth, size)
		path := filepath.Join(directory, "tile", "entries", numberPath(first/tileWidth, width))
		bundle, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for i := 0; i < width; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s ends within entry %d", path, i)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			leaf := tlog.RecordHash(bundle[2:end])
			more, err := tlog.StoredHashesForRecordHash(first+int64(i), leaf, hashes)
			if err != nil {
				return nil, err
			}
			hashes = append(hashes, more...)
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s has %d bytes after its last entry", path, len(bundle))
		}
	}
	return hashes, nil
}

func compareTiles(directory string, size int64, hashes stored) (int, error) {
	compared := 0
	for level, count := 0, size; count > 0; level, count = level+1, count/tileWidth {
		for index := int64(0); index*tileWidth < count; index++ {
			tile := tlog.Tile{H: tileHeight, L: level, N: index, W: widthAt(index, count)}
			want, err := tlog.ReadTileData(tile, hashes)
			if err != nil {
				return 0, err
			}
			got, err := os.ReadFile(tilePath(directory, tile))
			if err != nil {
				return 0, err
			}
			if !bytes.Equal(got, want) {
				return 0, fmt.Errorf("%s is not the tile of the entries", tilePath(directory, tile))
			}
			compared++
		}
	}
	return compared, nil
}

// tileFiles reads tiles where C2SP puts them.
type tileFiles struct{ directory string }

func (t tileFiles) Height() int { return tileHeight }

func (t tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = os.ReadFile(tilePath(t.directory, tile)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (t tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}

func tryProofs(directory string, signed checkpoint, hashes stored) error {
	tree := tlog.Tree{N: signed.size, Hash: signed.root}
	reader := tlog.TileHashReader(tree, tileFiles{directory})
	step := signed.size/proofs + 1
	for position := int64(0); position < signed.size; position += step {
		proof, err := tlog.ProveRecord(signed.size, position, reader)
		if err != nil {
			return err
		}
		leaf := hashes[tlog.StoredHashIndex(0, position)]
		if err := tlog.CheckRecord(proof, signed.size, signed.root, position, leaf); err != nil {
			return fmt.Errorf("record %d: %w", position, err)
		}
		older, err := tlog.TreeHash(position+1, hashes)
		if err != nil {
			return err
		}
		growth, err := tlog.ProveTree(signed.size, position+1, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(growth, signed.size, signed.root, position+1, older); err != nil {
			return fmt.Errorf("tree of size %d: %w", position+1, err)
		}
	}
	return nil
}

// widthAt gives the width of tile `index` in a row of `count` hashes.
func widthAt(index, count int64) int {
	if left := count - index*tileWidth; left < tileWidth {
		return int(left)
	}
	return tileWidth
}

func tilePath(directory string, tile tlog.Tile) string {
	return filepath.Join(directory, "tile", strconv.Itoa(tile.L), numberPath(tile.N, tile.W))
}

// numberPath writes groups of three digits, all but the last after an "x".
func numberPath(index int64, width int) string {
	path := fmt.Sprintf("%03d", index%1000)
	for index /= 1000; index > 0; index /= 1000 {
		path = fmt.Sprintf("x%03d/%s", index%1000, path)
	}
	if width < tileWidth {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}
