;; What font-lock of kdsl-mode makes of programs: emacs -Q --batch -l kdsl-mode.el -l emacs-classes.el FOLDER (see test_highlighting.py)  -*- lexical-binding: t; -*-

(defconst classes-of-faces
  '((font-lock-keyword-face . ?k) (font-lock-constant-face . ?k) (font-lock-builtin-face . ?k)
    (font-lock-string-face . ?s) (kdsl-number-face . ?n) (font-lock-comment-face . ?c) (font-lock-doc-face . ?c)
    (font-lock-comment-delimiter-face . ?c)))

(defun classes-of-buffer ()
  (font-lock-ensure)
  (let (letters)
    (goto-char (point-min))
    (while (not (eobp))
      (let* ((face (get-text-property (point) 'face))
             (letter (alist-get (if (consp face) (car face) face) classes-of-faces ?o)))
        (dotimes (_ (length (encode-coding-string (string (char-after)) 'utf-8)))
          (push letter letters)))
      (forward-char))
    (apply #'string (nreverse letters))))

(let ((coding-system-for-read 'utf-8-unix)
      (coding-system-for-write 'utf-8-unix))
  (dolist (path (directory-files (car command-line-args-left) t "\\.kdsl\\'"))
    (with-temp-buffer
      (insert-file-contents path)
      (kdsl-mode)
      (let ((classes (classes-of-buffer)))
        (with-temp-file (concat (file-name-sans-extension path) ".classes")
          (insert classes))))))
(setq command-line-args-left nil)
