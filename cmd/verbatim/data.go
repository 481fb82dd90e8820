package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"verbatim/config"
)

// dataFolder is where libraries and indexes are kept between starts. A folder that somebody
// chose must be writable; the default one need not be: all is then kept in memory, for which
// the empty folder stands.
func dataFolder(cfg config.Config, log *slog.Logger) (string, error) {
	err := writable(cfg.Data)
	switch {
	case err == nil:
		return cfg.Data, nil
	case cfg.DataChosen:
		return "", &unusable{fmt.Errorf("VERBATIM_DATA (or --data) is %q, which cannot be written to: %w. %s", cfg.Data, err, mend(cfg.Data))}
	}
	log.Warn("servers cannot keep stories of their own: there is no data folder. Set VERBATIM_DATA to one", "reason", err)
	return "", nil
}

// mend is the command that makes a folder ours. In a container it is to be said outside of
// it, where the folder has another name.
func mend(folder string) string {
	return fmt.Sprintf("Mend it with: chown -R %d:%d %s (of a container: the folder mounted there), or choose another folder",
		os.Getuid(), os.Getgid(), folder)
}

// writable makes a folder where there is none, and tries to write into it.
func writable(folder string) error {
	if folder == "" {
		return errors.New("no home folder is known")
	}
	err := os.MkdirAll(folder, 0o700)
	if err != nil {
		return reason(err)
	}
	probe, err := os.CreateTemp(folder, ".writable-*")
	if err != nil {
		return reason(err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// reason is what the system said, without the call and the path that failed.
func reason(err error) error {
	if inner := (*os.PathError)(nil); errors.As(err, &inner) {
		return inner.Err
	}
	return err
}
