// Makes a photo smaller before it is sent: nobody looks at 50 million pixels on a page, and hosts upload by telephone.
// What goes wrong here leaves the form as it is, and the server says what it thinks of the file.

const longestSide = 2000; // pixels
const quality = 0.85;

async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = longestSide / Math.max(picture.width, picture.height);
  if (scale >= 1) {
    return file;
  }

  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "white"; // where it was transparent; a JPEG would be black there
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", quality));
  return new File([blob], "photo.jpg", { type: blob.type });
}

for (const input of document.querySelectorAll("input[data-scale]")) {
  const note = document.getElementById(input.dataset.scale);
  const submit = input.form.querySelector("[type=submit]");
  let chosen = 0;
  input.addEventListener("change", async () => {
    const [file] = input.files;
    const mine = ++chosen;
    note.textContent = "";
    if (!file) {
      return;
    }

    submit.disabled = true;
    try {
      const small = await smaller(file);
      if (mine === chosen && small !== file) {
        const files = new DataTransfer();
        files.items.add(small);
        input.files = files.files;
        note.textContent = `Made smaller for the web: ${Math.ceil(small.size / 1024)} KB instead of ${Math.ceil(file.size / 1024)} KB.`;
      }
    } catch {
      note.textContent = "Your browser can’t read this picture; it will be sent as it is.";
    } finally {
      submit.disabled = mine !== chosen;
    }
  });
}
