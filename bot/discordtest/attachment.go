package discordtest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// Attachment is a file that somebody attaches. A test may change what Discord says of it.
type Attachment struct {
	ID, Name, URL string
	Size          int // as Discord says
	Content       []byte
	Redirect      string // where its address leads instead; empty for to itself
}

// Attach puts a file where attachments lie.
func (s *Server) Attach(name string, content []byte) *Attachment {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.newID()
	a := &Attachment{ID: id, Name: name, URL: s.http.URL + "/attachments/" + id + "/file?ex=1&hm=2", Size: len(content), Content: content}
	s.files[id] = a
	return a
}

func (a *Attachment) json() map[string]any {
	return map[string]any{"id": a.ID, "filename": a.Name, "size": a.Size, "url": a.URL, "proxy_url": a.URL, "ephemeral": true}
}

func (s *Server) serveAttachment(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" {
		s.t.Errorf("discordtest: the token was sent along for an attachment")
	}
	s.mu.Lock()
	a := s.files[r.PathValue("id")]
	s.mu.Unlock()
	switch {
	case a == nil || r.URL.Query().Get("hm") == "":
		w.WriteHeader(http.StatusNotFound)
	case a.Redirect != "":
		http.Redirect(w, r, a.Redirect, http.StatusFound)
	default:
		_, _ = w.Write(a.Content)
	}
}

// File is a file that the bot sent.
type File struct {
	Name    string
	Content []byte
}

// filesKey is where bodyOf puts the files that came beside a body.
const filesKey = "discordtest files"

func filesOf(body map[string]any) []File { files, _ := body[filesKey].([]File); return files }

// listKey is where bodyOf puts a body that is a list.
const listKey = "discordtest list"

func listOf(body map[string]any) []any { list, _ := body[listKey].([]any); return list }

// bodyOf reads a body: JSON, or a form of JSON and files.
func bodyOf(r *http.Request, raw []byte) (body map[string]any, err error) {
	if len(raw) == 0 {
		return nil, nil
	}
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case raw[0] == '[':
		var list []any
		err = json.Unmarshal(raw, &list)
		return map[string]any{listKey: list}, err
	case err != nil, kind != "multipart/form-data":
		err = json.Unmarshal(raw, &body)
		return body, err
	}
	form := multipart.NewReader(bytes.NewReader(raw), parameters["boundary"])
	var files []File
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if part.FormName() != "payload_json" {
			files = append(files, File{part.FileName(), content})
		} else if err := json.Unmarshal(content, &body); err != nil {
			return nil, err
		}
	}
	if body != nil {
		body[filesKey] = files
	}
	return body, nil
}
